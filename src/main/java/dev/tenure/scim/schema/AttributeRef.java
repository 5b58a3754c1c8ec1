package dev.tenure.scim.schema;

import java.util.Optional;

/// An attribute, or one of its sub-attributes, found in a resource type's schemas: the resolved
/// form of `attrPath` (RFC 7644 §3.10), whatever its spelling was.
///
/// `extension` tells that the value stands inside the object of `attribute.schema()`; `sub` is the
/// sub-attribute that was named.
public record AttributeRef(Attribute attribute, boolean extension, Optional<Attribute> sub) {

  /// The one whose type and rules hold for a value: the sub-attribute where one was named.
  public Attribute leaf() {
    return sub.orElse(attribute);
  }

  /// The same without its sub-attribute.
  public AttributeRef parent() {
    return new AttributeRef(attribute, extension, Optional.empty());
  }

  /// The canonical spelling: the URN only where it is an extension's.
  @Override
  public String toString() {
    var prefix = extension ? attribute.schema() + ":" : "";
    return prefix + attribute.name() + sub.map(s -> "." + s.name()).orElse("");
  }
}
