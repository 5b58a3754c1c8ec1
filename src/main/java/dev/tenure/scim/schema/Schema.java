package dev.tenure.scim.schema;

import java.util.List;
import java.util.Optional;

/// A schema (RFC 7643 §7): `id` is its URN.
public record Schema(String id, String name, String description, List<Attribute> attributes) {
  /// The User schema of RFC 7643 §4.1.
  public static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

  /// The Group schema of RFC 7643 §4.2.
  public static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

  /// The Enterprise User extension of RFC 7643 §4.3.
  public static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  /// The skills, languages and external ids of a Genesys Cloud user.
  public static final String GENESYS_USER =
      "urn:ietf:params:scim:schemas:extension:genesys:purecloud:2.0:User";

  /// Where a user comes from: `sourceOrg` is the only attribute, the brake of loops.
  public static final String ORIGIN = "urn:ietf:params:scim:schemas:extension:genesys:2.0:User";

  public Schema {
    attributes = List.copyOf(attributes);
  }

  /// The attribute of this name, in any letter case.
  public Optional<Attribute> attribute(String attributeName) {
    return ResourceType.named(attributes, attributeName);
  }
}
