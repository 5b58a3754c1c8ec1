package dev.tenure.policy.expression;

import dev.cel.common.types.CelType;
import dev.tenure.policy.function.Overload;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What expressions may name: the source's attributes, each a text or a list of texts (empty where
/// the person has none), and `key`, `groups` and `now`, which hide attributes of these names.
public final class Variables {
  private static final String KEY = "key";
  private static final String GROUPS = "groups";
  private static final String NOW = "now";
  private final SortedMap<String, Arity> attributes;

  public Variables(SourceSchema schema) {
    this.attributes = schema.attributes();
  }

  /// Names and types.
  SortedMap<String, CelType> types() {
    var types = new TreeMap<String, CelType>();
    attributes.forEach(
        (name, arity) -> types.put(name, arity == Arity.ONE ? Overload.TEXT : Overload.TEXTS));
    types.put(KEY, Overload.TEXT);
    types.put(GROUPS, Overload.TEXTS);
    types.put(NOW, Overload.TIME);
    return types;
  }

  /// Those with one value, `key` among them.
  Set<String> single() {
    var names = new TreeSet<String>();
    attributes.forEach((name, arity) -> {
      if (arity == Arity.ONE) names.add(name);
    });
    names.add(KEY);
    return names;
  }

  Optional<Object> of(Subject subject, String name) {
    var person = subject.person();
    return switch (name) {
      case KEY -> Optional.of(person.key().value());
      case GROUPS -> Optional.of(new ArrayList<>(person.groups().keySet()));
      case NOW -> Optional.of(subject.at());
      default -> attribute(subject, name);
    };
  }

  private Optional<Object> attribute(Subject subject, String name) {
    var arity = attributes.get(name);
    if (arity == null) return Optional.empty();
    return Optional.of(
        switch (arity) {
          case ONE -> subject.person().first(name);
          case MANY -> subject.person().attributes().getOrDefault(name, List.of());
        });
  }
}
