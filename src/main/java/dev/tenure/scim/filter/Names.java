package dev.tenure.scim.filter;

import dev.tenure.scim.Reading;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.List;
import java.util.Optional;

/// What a name in a filter means: a path of a resource, or a sub-attribute inside brackets.
sealed interface Names {
  /// At the top level of a filter.
  record OfResource(ResourceType type, Reading reading) implements Names {}

  /// Inside the brackets of a value path.
  record OfValue(Attribute attribute) implements Names {}

  /// Inside the brackets of an attribute that no schema has.
  record Unknown() implements Names {}

  default Optional<AttributeRef> resolve(String name) {
    return switch (this) {
      case OfResource(var type, var reading) ->
          reading.isTolerant()
              ? AttributePaths.resolveShort(type, name)
              : AttributePaths.resolve(type, name);
      case OfValue(var attribute) -> inside(attribute, name);
      case Unknown() -> Optional.empty();
    };
  }

  /// How an unknown name could be spelled, as the end of a sentence.
  default String advice(String name) {
    return switch (this) {
      case OfResource(var type, _) ->
          AttributePaths.nearest(type, name).map(n -> "; nearest is '" + n + "'").orElse("");
      case OfValue(var attribute) ->
          "; allowed are " + attribute.subAttributes().stream().map(Attribute::name).toList();
      case Unknown() -> "";
    };
  }

  private static Optional<AttributeRef> inside(Attribute attribute, String name) {
    if (attribute.type() != Attribute.Type.COMPLEX) {
      return name.equalsIgnoreCase("value") ? Optional.of(plain(attribute)) : Optional.empty();
    }
    return attribute.sub(name).map(s -> new AttributeRef(s, false, Optional.empty()));
  }

  /// A value that is not complex is called `value` inside brackets.
  private static AttributeRef plain(Attribute a) {
    var value =
        new Attribute(
            a.schema(),
            "value",
            a.type(),
            false,
            a.description(),
            a.required(),
            a.canonicalValues(),
            a.caseExact(),
            a.mutability(),
            a.returned(),
            a.uniqueness(),
            a.referenceTypes(),
            List.of());
    return new AttributeRef(value, false, Optional.empty());
  }
}
