package dev.tenure.plan;

import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Schema;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// When two values are the same, by the rules of their attribute (RFC 7643 §2.2, §2.3). Every value
/// has a form as text; two are the same where their forms are. The form of no value is empty.
final class Likeness {
  /// Text that people read as it was written: a corrected letter case is a difference, though the
  /// schema says that searches ignore it.
  private static final Set<String> WRITTEN =
      Set.of(
          "formatted",
          "familyName",
          "givenName",
          "middleName",
          "honorificPrefix",
          "honorificSuffix",
          "displayName",
          "nickName",
          "title");

  private static final String BETWEEN = "\u0000";

  private Likeness() {}

  /// The form of one value; `subs` are the sub-attributes that count where it is complex.
  static String form(Attribute attribute, JsonNode value, Set<String> subs) {
    if (Values.isNone(value)) return "";
    if (!value.isObject()) return scalar(attribute, value);
    return subs.stream()
        .map(sub -> sub + "=" + subForm(attribute, value, sub))
        .collect(Collectors.joining(BETWEEN));
  }

  /// The forms of many values, in no order and each once (RFC 7643 §2.4).
  static Set<String> forms(Attribute attribute, List<JsonNode> values, Set<String> subs) {
    return values.stream().map(v -> form(attribute, v, subs)).collect(Collectors.toSet());
  }

  /// The sub-attributes that these values have, sorted: what a flow sets, and so compares.
  static Set<String> subs(List<JsonNode> values) {
    var names = new TreeSet<String>();
    values.forEach(v -> v.properties().forEach(p -> names.add(p.getKey())));
    return names;
  }

  /// What a match rule compares: the value with the letter case that counts.
  static String key(Attribute leaf, JsonNode value) {
    var text = value.asString("");
    return leaf.caseExact() ? text : text.toLowerCase(Locale.ROOT);
  }

  private static String subForm(Attribute attribute, JsonNode value, String name) {
    var sub = attribute.sub(name);
    var node = Values.member(value, name);
    if (sub.isEmpty()) return Values.isNone(node) ? "" : node.toString();
    // A value that is not the primary one may say so or say nothing (RFC 7643 §2.4).
    if (name.equals("primary") && node.isBoolean() && !node.booleanValue()) return "";
    return form(sub.get(), node, subs(List.of(node)));
  }

  private static String scalar(Attribute attribute, JsonNode value) {
    var text = value.isContainer() ? value.toString() : value.asString("");
    return switch (attribute.type()) {
      case BOOLEAN -> text.toLowerCase(Locale.ROOT);
      case DECIMAL, INTEGER -> number(text);
      case DATE_TIME -> time(text);
      case BINARY -> text;
      case STRING, REFERENCE, COMPLEX ->
          attribute.caseExact() || isWritten(attribute) ? text : text.toLowerCase(Locale.ROOT);
    };
  }

  private static boolean isWritten(Attribute attribute) {
    return WRITTEN.contains(attribute.name()) && attribute.schema().equals(Schema.USER);
  }

  private static String number(String text) {
    try {
      return new BigDecimal(text).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static String time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toString();
    } catch (DateTimeException e) {
      return text;
    }
  }
}
