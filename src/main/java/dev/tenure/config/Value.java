package dev.tenure.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What stands in the file, with its place; aliases and merges are resolved.
sealed interface Value {
  /// Where it begins.
  Place place();

  /// What is written, whatever its layout: equal for equal content.
  default String content() {
    return switch (this) {
      case Mapping(_, var entries) -> {
        var all = new TreeMap<String, String>();
        entries.forEach((key, entry) -> all.put(key, entry.value().content()));
        yield all.toString();
      }
      case Items(_, var values) -> values.stream().map(Value::content).toList().toString();
      case Scalar(_, var text, var kind, _) -> kind + ":" + text.length() + ":" + text;
    };
  }

  /// `entries` in the file's order.
  record Mapping(Place place, Map<String, Entry> entries) implements Value {}

  record Items(Place place, List<Value> values) implements Value {}

  /// `text` without quotes and escapes.
  record Scalar(Place place, String text, Kind kind, Style style) implements Value {}

  /// `place` is that of the key.
  record Entry(Place place, Value value) {}

  /// What a scalar is by YAML 1.2's core schema.
  enum Kind {
    TEXT,
    WHOLE,
    NUMBER,
    FLAG,
    EMPTY
  }

  /// How a scalar is written; `MANY` for what is neither a block nor on one line.
  enum Style {
    PLAIN,
    SINGLE,
    DOUBLE,
    LITERAL,
    FOLDED,
    MANY
  }
}
