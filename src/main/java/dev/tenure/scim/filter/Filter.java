package dev.tenure.scim.filter;

import dev.tenure.scim.schema.AttributeRef;
import tools.jackson.databind.JsonNode;

/// A filter with its attributes resolved. Inside a [ValuePath] the attributes are the
/// sub-attributes of the filtered one.
public sealed interface Filter {
  /// Both hold.
  record And(Filter left, Filter right) implements Filter {}

  /// At least one holds.
  record Or(Filter left, Filter right) implements Filter {}

  /// It does not hold.
  record Not(Filter filter) implements Filter {}

  /// The attribute has a value that is not empty (`pr`).
  record Present(AttributeRef attribute) implements Filter {}

  /// Some value of the attribute compares so. `value` is a JSON string, number, boolean or null;
  /// its type fits the attribute's (checked by the parser).
  record Comparison(AttributeRef attribute, Operator operator, JsonNode value) implements Filter {}

  /// One and the same value of a multi-valued attribute fulfils `filter`.
  record ValuePath(AttributeRef attribute, Filter filter) implements Filter {}

  /// An attribute that no schema has: never true, and neither is its absence an error of the client
  /// (tolerant reading).
  record Nothing() implements Filter {}

  /// The comparison operators.
  enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE
  }
}
