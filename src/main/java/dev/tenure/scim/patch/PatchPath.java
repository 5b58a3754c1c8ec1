package dev.tenure.scim.patch;

import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import java.util.Optional;

/// Where an operation points (RFC 7644 §3.5.2 `PATH`): an attribute, perhaps only those of its
/// values that fulfil `values`, perhaps only their sub-attribute.
///
/// `attribute.sub()` is the sub-attribute for `name.givenName` and for `emails[type eq
/// "work"].value` alike.
public record PatchPath(AttributeRef attribute, Optional<Filter> values) {
  /// A path without a value filter.
  public static PatchPath of(AttributeRef attribute) {
    return new PatchPath(attribute, Optional.empty());
  }

  /// The attribute whose type and rules hold for the operation's value.
  public Attribute leaf() {
    return attribute.leaf();
  }
}
