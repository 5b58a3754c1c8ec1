package dev.tenure.source;

import java.util.SortedMap;
import java.util.TreeMap;

/// The attributes that a source gives, by name, each with whether it has one value or many: what
/// expressions are checked against when the configuration is loaded.
public record SourceSchema(SortedMap<String, Arity> attributes) {
  public SourceSchema {
    attributes = new TreeMap<>(attributes);
  }

  /// How many values an attribute has: a string or a list of strings to an expression.
  public enum Arity {
    ONE,
    MANY
  }
}
