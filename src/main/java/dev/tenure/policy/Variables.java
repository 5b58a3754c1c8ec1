package dev.tenure.policy;

import dev.cel.common.types.CelType;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What expressions may name: the source's attributes, each a text or a list of texts (empty where
/// the person has none), and `key` and `groups`, which hide attributes of these names.
final class Variables {
  private static final String KEY = "key";
  private static final String GROUPS = "groups";
  private final SortedMap<String, Arity> attributes;

  Variables(SourceSchema schema) {
    this.attributes = schema.attributes();
  }

  /// Names and types.
  SortedMap<String, CelType> types() {
    var types = new TreeMap<String, CelType>();
    attributes.forEach((name, arity) ->
        types.put(name, arity == Arity.ONE ? TextFunctions.TEXT : TextFunctions.TEXTS));
    types.put(KEY, TextFunctions.TEXT);
    types.put(GROUPS, TextFunctions.TEXTS);
    return types;
  }

  Optional<Object> of(Person person, String name) {
    if (name.equals(KEY)) return Optional.of(person.key().value());
    if (name.equals(GROUPS)) return Optional.of(new ArrayList<>(person.groups().keySet()));
    var arity = attributes.get(name);
    if (arity == null) return Optional.empty();
    return Optional.of(
        switch (arity) {
          case ONE -> person.first(name);
          case MANY -> person.attributes().getOrDefault(name, List.of());
        });
  }
}
