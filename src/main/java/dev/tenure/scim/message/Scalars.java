package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.Timestamps;
import dev.tenure.scim.schema.Attribute;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/// Values that are not complex, checked against their type (RFC 7643 §2.3). Tolerant reading also
/// takes `"True"` for a boolean, a number for text and text for a number.
record Scalars(Reading reading) {
  private static final int SHOWN_MAX = 120;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");

  /// The value in its one form, else 400 `invalidValue`.
  JsonNode read(Attribute attribute, JsonNode node, String path) {
    var read =
        switch (attribute.type()) {
          case STRING -> text(node);
          case REFERENCE -> node.isString() ? text(node) : Optional.<JsonNode>empty();
          case BOOLEAN -> truth(node);
          case DECIMAL -> number(node);
          case INTEGER -> number(node).filter(JsonNode::isIntegralNumber);
          case DATE_TIME -> text(node).filter(this::isDate);
          case BINARY -> text(node).filter(Scalars::isBase64);
          case COMPLEX -> Optional.<JsonNode>empty();
        };
    return read.orElseThrow(() -> Values.wrong(path, wanted(attribute), node));
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

  private static boolean isBase64(JsonNode node) {
    try {
      return Base64.getMimeDecoder().decode(node.asString("")).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
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
