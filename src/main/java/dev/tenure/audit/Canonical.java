package dev.tenure.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The one way in which a JSON value is written, so that equal values have equal bytes: members in
/// the order of their names (by UTF-16 unit, as RFC 8785 §3.2.3), no white space, only what must be
/// is escaped (RFC 8785 §3.2.2.2), numbers without trailing zeros.
final class Canonical {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// A whole number of more digits than this is written with an exponent.
  private static final int PLAIN_DIGITS_MAX = 40;

  private Canonical() {}

  /// Throws [IllegalArgumentException] for a text with half a surrogate pair: it has no bytes.
  static String text(JsonNode node) {
    var out = new StringBuilder();
    append(out, node);
    return out.toString();
  }

  /// With microseconds, as PostgreSQL keeps them.
  static String time(Instant at) {
    return TIME.format(at);
  }

  private static void append(StringBuilder out, JsonNode node) {
    if (node.isObject()) {
      appendObject(out, node);
    } else if (node.isArray()) {
      var separator = '[';
      for (var item : node) {
        append(out.append(separator), item);
        separator = ',';
      }
      out.append(separator == '[' ? "[]" : "]");
    } else if (node.isNumber()) {
      out.append(number(node));
    } else if (node.isString()) {
      appendText(out, node.stringValue());
    } else {
      out.append(node);
    }
  }

  private static void appendObject(StringBuilder out, JsonNode node) {
    var separator = '{';
    for (var name : List.copyOf(node.propertyNames()).stream().sorted().toList()) {
      appendText(out.append(separator), name);
      append(out.append(':'), node.path(name));
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static String number(JsonNode node) {
    var number = node.decimalValue().stripTrailingZeros();
    var plain = number.scale() <= 0 && number.precision() - number.scale() <= PLAIN_DIGITS_MAX;
    return plain ? number.toPlainString() : number.toString();
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.isSurrogate(c)) i = appendPair(out, text, i);
      else appendChar(out, c);
    }
    out.append('"');
  }

  /// Gives the index of the pair's second half.
  private static int appendPair(StringBuilder out, String text, int at) {
    if (at + 1 == text.length() || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1)))
      throw new IllegalArgumentException("half a surrogate pair");
    out.append(text, at, at + 2);
    return at + 1;
  }

  private static void appendChar(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ') out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        else out.append(c);
      }
    }
  }
}
