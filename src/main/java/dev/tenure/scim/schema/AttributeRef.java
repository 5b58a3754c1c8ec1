package dev.tenure.scim.schema;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

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

  /// This attribute with each of its sub-attributes.
  public Stream<AttributeRef> subs() {
    return attribute.subAttributes().stream()
        .map(s -> new AttributeRef(attribute, extension, Optional.of(s)));
  }

  /// Whether a client cannot write it, on its own or because of what it is part of.
  public boolean isReadOnly() {
    return attribute.mutability() == Attribute.Mutability.READ_ONLY
        || leaf().mutability() == Attribute.Mutability.READ_ONLY;
  }

  /// Whether no answer has it, and no filter may ask for it.
  public boolean isConcealed() {
    return attribute.isConcealed() || leaf().isConcealed();
  }

  /// The value of `attribute` in a resource, whatever `sub` is; missing where it has none.
  public JsonNode in(JsonNode resource) {
    var holder = extension ? resource.path(attribute.schema()) : resource;
    return holder.path(attribute.name());
  }

  /// The value of `leaf` in a resource, for what is no part of a list; missing where it has none.
  public JsonNode single(JsonNode resource) {
    var value = in(resource);
    return sub.map(s -> value.path(s.name())).orElse(value);
  }

  /// The canonical spelling: the URN only where it is an extension's.
  @Override
  public String toString() {
    var prefix = extension ? attribute.schema() + ":" : "";
    return prefix + attribute.name() + sub.map(s -> "." + s.name()).orElse("");
  }
}
