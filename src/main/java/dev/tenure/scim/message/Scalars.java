package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.Timestamps;
import dev.tenure.scim.schema.Attribute;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/// Values that are not complex, checked against their type (RFC 7643 §2.3) and, in strict reading,
/// against the canonical values. Tolerant reading also takes `"True"` for a boolean, a number for
/// text, text for a number, `5.0` for a whole number, a date without a time, and any text for a
/// URI.
record Scalars(Reading reading) {
  private static final int SHOWN_MAX = 120;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");

  /// Both alphabets of RFC 4648; padding may be left out (RFC 7643 §2.3.6).
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");

  /// The characters of a URI reference (RFC 3986 §2), which is absolute or relative.
  private static final Pattern URI =
      Pattern.compile("(?:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+");

  /// The value in its one form, else 400 `invalidValue`.
  JsonNode read(Attribute attribute, JsonNode node, String path) {
    var read =
        switch (attribute.type()) {
          case STRING -> text(node);
          case REFERENCE -> text(node).filter(v -> node.isString() && isUri(v));
          case BOOLEAN -> truth(node);
          case DECIMAL -> number(node);
          case INTEGER -> number(node).filter(v -> v.isIntegralNumber() && isWhole(node));
          case DATE_TIME -> text(node).filter(this::isDate);
          case BINARY -> text(node).filter(Scalars::isBase64);
          case COMPLEX -> Optional.<JsonNode>empty();
        };
    read.ifPresent(value -> requireCanonical(attribute, value, path));
    return read.orElseThrow(() -> Values.wrong(path, wanted(attribute), node));
  }

  private void requireCanonical(Attribute attribute, JsonNode value, String path) {
    var allowed = attribute.canonicalValues();
    if (allowed.isEmpty() || reading.isTolerant()) return;
    var text = value.asString("");
    var fits =
        allowed.stream()
            .anyMatch(v -> attribute.caseExact() ? v.equals(text) : v.equalsIgnoreCase(text));
    if (!fits) throw Values.bad(path, "must be one of " + String.join(", ", allowed));
  }

  private static String wanted(Attribute attribute) {
    return switch (attribute.type()) {
      case STRING -> "text without NUL";
      case REFERENCE -> "text with a URI";
      case BOOLEAN -> "true or false";
      case DECIMAL -> "a number";
      case INTEGER -> "a whole number";
      case DATE_TIME -> "a date and time such as 2026-01-31T12:00:00Z";
      case BINARY -> "text in Base64";
      case COMPLEX -> "an object";
    };
  }

  private Optional<JsonNode> text(JsonNode node) {
    var fits = node.isString() || (reading.isTolerant() && (node.isNumber() || node.isBoolean()));
    if (!fits || !ScimJson.isStorable(node.asString())) return Optional.empty();
    return Optional.of(node.isString() ? node : StringNode.valueOf(node.asString()));
  }

  private Optional<JsonNode> truth(JsonNode node) {
    if (node.isBoolean()) return Optional.of(node);
    if (!reading.isTolerant() || !node.isString()) return Optional.empty();
    return switch (node.stringValue().strip().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(BooleanNode.TRUE);
      case "false" -> Optional.of(BooleanNode.FALSE);
      default -> Optional.empty();
    };
  }

  private Optional<JsonNode> number(JsonNode node) {
    var fits = node.isNumber() || (reading.isTolerant() && node.isString());
    var text = node.asString("").strip();
    if (!fits || !NUMBER.matcher(text).matches()) return Optional.empty();
    return ScimJson.number(new BigDecimal(text));
  }

  private boolean isDate(JsonNode node) {
    var text = node.asString("");
    return Timestamps.instant(text).isPresent() && (reading.isTolerant() || text.indexOf('T') > 0);
  }

  /// `5.0` is 5, but no integer to the letter (RFC 7643 §2.3.4).
  private boolean isWhole(JsonNode node) {
    return reading.isTolerant() || node.isIntegralNumber();
  }

  private boolean isUri(JsonNode node) {
    return reading.isTolerant() || URI.matcher(node.asString("")).matches();
  }

  /// Line breaks, as in a certificate, are passed over. A rest of one character encodes nothing.
  private static boolean isBase64(JsonNode node) {
    var text = node.asString("").replaceAll("\\s", "");
    return BASE64.matcher(text).matches() && text.replace("=", "").length() % 4 != 1;
  }

  /// What was found, without showing it: a value may be a password.
  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> node.asString();
      case NULL, MISSING -> "nothing";
      case BINARY, POJO -> "something else";
    };
  }

  static String shown(String path) {
    return path.length() > SHOWN_MAX ? path.substring(0, SHOWN_MAX) + "…" : path;
  }
}
