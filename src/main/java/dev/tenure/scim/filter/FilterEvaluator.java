package dev.tenure.scim.filter;

import dev.tenure.scim.Resource;
import dev.tenure.scim.Timestamps;
import dev.tenure.scim.filter.Filter.Operator;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Evaluates filters in memory. This is what the translation to SQL must agree with:
///
/// - A comparison holds if it holds for any value (RFC 7644 §3.4.2.2). Without a value only `ne`
///   with a literal and `eq null` hold.
/// - Text is compared in lower case unless the attribute is `caseExact`, dates by the moment.
/// - Null, `""`, `[]` and `{}` are no values for `pr`.
public final class FilterEvaluator {
  private FilterEvaluator() {}

  /// Whether the resource fulfils the filter. Its members must be spelled as in the schema.
  public static boolean matches(Filter filter, Resource resource) {
    return holds(filter, ref -> values(resource.view(), ref));
  }

  /// Whether one value of a multi-valued attribute fulfils the filter of a value path.
  public static boolean matchesValue(Filter filter, JsonNode value) {
    return holds(filter, ref -> inside(value, ref));
  }

  private static boolean holds(Filter filter, Function<AttributeRef, Stream<JsonNode>> values) {
    return switch (filter) {
      case Filter.And(var left, var right) -> holds(left, values) && holds(right, values);
      case Filter.Or(var left, var right) -> holds(left, values) || holds(right, values);
      case Filter.Not(var inner) -> !holds(inner, values);
      case Filter.Present(var ref) -> values.apply(ref).anyMatch(FilterEvaluator::isPresent);
      case Filter.Comparison(var ref, var operator, var value) ->
          compares(values.apply(ref).toList(), ref.leaf(), operator, value);
      case Filter.ValuePath(var ref, var inner) ->
          values.apply(ref).anyMatch(v -> matchesValue(inner, v));
      case Filter.Nothing() -> false;
    };
  }

  private static Stream<JsonNode> values(JsonNode resource, AttributeRef ref) {
    var holder = ref.extension() ? resource.path(ref.attribute().schema()) : resource;
    var values = each(holder.path(ref.attribute().name()));
    return ref.sub().isEmpty()
        ? values
        : values.flatMap(v -> each(v.path(ref.sub().orElseThrow().name())));
  }

  private static Stream<JsonNode> inside(JsonNode value, AttributeRef ref) {
    if (value.isObject()) return each(value.path(ref.leaf().name()));
    return ref.leaf().name().equals("value") ? Stream.of(value) : Stream.empty();
  }

  private static Stream<JsonNode> each(JsonNode node) {
    var all = node.isArray() ? node.valueStream() : Stream.of(node);
    return all.filter(v -> !v.isMissingNode() && !v.isNull());
  }

  private static boolean isPresent(JsonNode value) {
    if (value.isString()) return !value.stringValue().isEmpty();
    return !value.isContainer() || value.valueStream().anyMatch(FilterEvaluator::isPresent);
  }

  private static boolean compares(
      List<JsonNode> values, Attribute attribute, Operator operator, JsonNode literal) {
    if (literal.isNull()) {
      return (operator == Operator.EQ) == values.stream().noneMatch(FilterEvaluator::isPresent);
    }
    if (values.isEmpty()) return operator == Operator.NE;
    return values.stream().anyMatch(v -> holds(v, attribute, operator, literal));
  }

  private static boolean holds(
      JsonNode value, Attribute attribute, Operator operator, JsonNode literal) {
    return switch (operator) {
      case CO -> text(value, attribute).contains(text(literal, attribute));
      case SW -> text(value, attribute).startsWith(text(literal, attribute));
      case EW -> text(value, attribute).endsWith(text(literal, attribute));
      case EQ -> order(value, attribute, literal).filter(o -> o == 0).isPresent();
      case NE -> order(value, attribute, literal).filter(o -> o == 0).isEmpty();
      case GT -> order(value, attribute, literal).filter(o -> o > 0).isPresent();
      case GE -> order(value, attribute, literal).filter(o -> o >= 0).isPresent();
      case LT -> order(value, attribute, literal).filter(o -> o < 0).isPresent();
      case LE -> order(value, attribute, literal).filter(o -> o <= 0).isPresent();
    };
  }

  /// How the value stands to the literal: below 0, 0 or above; empty where they have no order.
  private static Optional<Integer> order(JsonNode value, Attribute attribute, JsonNode literal) {
    return switch (attribute.type()) {
      case BOOLEAN -> Optional.of(value.equals(literal) ? 0 : 1);
      case INTEGER, DECIMAL ->
          value.isNumber() && literal.isNumber()
              ? Optional.of(decimal(value).compareTo(decimal(literal)))
              : Optional.empty();
      case DATE_TIME ->
          Timestamps.instant(value.asString(""))
              .flatMap(v -> Timestamps.instant(literal.asString("")).map(v::compareTo));
      case STRING, REFERENCE, BINARY, COMPLEX ->
          Optional.of(text(value, attribute).compareTo(text(literal, attribute)));
    };
  }

  private static BigDecimal decimal(JsonNode number) {
    return new BigDecimal(number.asString());
  }

  private static String text(JsonNode value, Attribute attribute) {
    var text = value.asString("");
    return attribute.caseExact() ? text : text.toLowerCase(Locale.ROOT);
  }
}
