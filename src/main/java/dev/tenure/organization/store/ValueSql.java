package dev.tenure.organization.store;

import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.Filter.Operator;
import dev.tenure.scim.schema.Attribute;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/// Compares one JSON value by the rules of its attribute's type (RFC 7644 §3.4.2.2).
final class ValueSql {
  private ValueSql() {}

  /// Not missing, not null, not empty.
  static String present(String x) {
    return "coalesce("
        + x
        + " not in ('null'::jsonb, '[]'::jsonb, '{}'::jsonb, '\"\"'::jsonb), false)";
  }

  static String compare(Bindings bindings, Attribute leaf, String x, Filter.Comparison c) {
    var sql =
        switch (leaf.type()) {
          case BOOLEAN -> "(" + x + " " + sign(c.operator()) + " " + bool(bindings, c) + ")";
          case INTEGER, DECIMAL -> number(bindings, x, c);
          case DATE_TIME -> moment(bindings, x, c);
          case STRING, REFERENCE, BINARY, COMPLEX ->
              text(bindings, "(" + x + " #>> '{}')", leaf.caseExact(), c);
        };
    return "coalesce(" + sql + ", " + (c.operator() == Operator.NE) + ")";
  }

  private static String bool(Bindings bindings, Filter.Comparison c) {
    return "to_jsonb(cast(" + bindings.bind(c.value().asBoolean()) + " as boolean))";
  }

  private static String number(Bindings bindings, String x, Filter.Comparison c) {
    var text = "(" + x + " #>> '{}')";
    return switch (c.operator()) {
      case CO, SW, EW -> like(bindings, text, c);
      case EQ, NE, GT, GE, LT, LE ->
          "(case when jsonb_typeof(%s) = 'number' then cast(%s as numeric) %s %s end)"
              .formatted(
                  x, text, sign(c.operator()), "cast(" + bound(bindings, c) + " as numeric)");
    };
  }

  private static String bound(Bindings bindings, Filter.Comparison c) {
    return bindings.bind(
        c.value().isNumber() ? c.value().decimalValue() : FilterSql.text(c.value()));
  }

  private static String moment(Bindings bindings, String x, Filter.Comparison c) {
    var text = "(" + x + " #>> '{}')";
    return switch (c.operator()) {
      case CO, SW, EW -> like(bindings, text, c);
      case EQ, NE, GT, GE, LT, LE ->
          instant(FilterSql.text(c.value()))
              .map(at ->
                  "(cast(%s as timestamptz) %s cast(%s as timestamptz))"
                      .formatted(text, sign(c.operator()), bindings.bind(at)))
              .orElse("false");
    };
  }

  /// A time with its zone; one without counts as UTC.
  static Optional<Instant> instant(String text) {
    for (var candidate : new String[] {text, text + "Z", text + "T00:00:00Z"}) {
      try {
        return Optional.of(OffsetDateTime.parse(candidate).toInstant());
      } catch (DateTimeParseException _) {
        // The next form.
      }
    }
    return Optional.empty();
  }

  /// Texts are ordered by code point, whatever the database's locale.
  static String text(Bindings bindings, String text, boolean exact, Filter.Comparison c) {
    var left = exact ? text : "lower(" + text + ")";
    return switch (c.operator()) {
      case CO, SW, EW -> like(bindings, left, exact, c);
      case EQ, NE, GT, GE, LT, LE ->
          "("
              + left
              + " collate \"C\" "
              + sign(c.operator())
              + " "
              + value(bindings, exact, c)
              + ")";
    };
  }

  private static String value(Bindings bindings, boolean exact, Filter.Comparison c) {
    var bound = "cast(" + bindings.bind(FilterSql.text(c.value())) + " as text)";
    return exact ? bound : once("lower(" + bound + ")");
  }

  /// An expression of parameters alone, worked out once and not for each row.
  private static String once(String expression) {
    return "(select " + expression + ")";
  }

  private static String like(Bindings bindings, String text, Filter.Comparison c) {
    return like(bindings, text, true, c);
  }

  private static String like(Bindings bindings, String text, boolean exact, Filter.Comparison c) {
    var pattern = "cast(" + bindings.bind(pattern(c)) + " as text)";
    return "(" + text + " like " + (exact ? pattern : once("lower(" + pattern + ")")) + ")";
  }

  /// The value with `%` where anything may stand, and its own wildcards escaped.
  static String pattern(Filter.Comparison c) {
    var escaped =
        FilterSql.text(c.value()).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return (c.operator() == Operator.SW ? "" : "%")
        + escaped
        + (c.operator() == Operator.EW ? "" : "%");
  }

  static String sign(Operator operator) {
    return switch (operator) {
      case EQ, CO, SW, EW -> "=";
      case NE -> "<>";
      case GT -> ">";
      case GE -> ">=";
      case LT -> "<";
      case LE -> "<=";
    };
  }

  /// The form in which keys are stored and looked up.
  public static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
