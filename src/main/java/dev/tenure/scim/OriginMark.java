package dev.tenure.scim;

import dev.tenure.scim.schema.Schema;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The mark of a source of truth where users have no `sourceOrg`, as in Genesys Cloud: one of their
/// `externalIds`, under an authority of Tenure's own. An authority gives an id to one user only, so
/// the value has the user's key behind: `hr/E1042`.
public final class OriginMark {
  /// Under it stands the mark.
  public static final String AUTHORITY = "tenure:sourceOrg";

  private static final String AUTHORITY_NAME = "authority";
  private static final String VALUE = "value";

  private OriginMark() {}

  /// The element of `externalIds` that says so; no other user has this key.
  public static ObjectNode of(String sourceOrg, String key) {
    var origin = sourceOrg.replace("%", "%25").replace("/", "%2F");
    return JsonNodeFactory.instance
        .objectNode()
        .put(AUTHORITY_NAME, AUTHORITY)
        .put(VALUE, origin + "/" + key);
  }

  /// Whether this element of `externalIds` is a mark.
  public static boolean is(JsonNode externalId) {
    return externalId.path(AUTHORITY_NAME).asString("").equals(AUTHORITY);
  }

  /// The source of truth that the user's mark names.
  public static Optional<String> sourceOrg(JsonNode user) {
    return user.path(Schema.GENESYS_USER)
        .path("externalIds")
        .valueStream()
        .filter(OriginMark::is)
        .map(id -> id.path(VALUE).asString(""))
        .filter(value -> value.indexOf('/') > 0)
        .map(value -> value.substring(0, value.indexOf('/')))
        .map(origin -> origin.replace("%2F", "/").replace("%25", "%"))
        .findFirst();
  }
}
