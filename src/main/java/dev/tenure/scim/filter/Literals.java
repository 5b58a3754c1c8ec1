package dev.tenure.scim.filter;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.Timestamps;
import dev.tenure.scim.filter.Filter.Operator;
import dev.tenure.scim.schema.Attribute;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// The right side of a comparison: which operators a type has, and which literals fit it.
final class Literals {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,39})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");
  private static final Set<Operator> SAME = EnumSet.of(Operator.EQ, Operator.NE);
  private static final Set<Operator> PART = EnumSet.of(Operator.CO, Operator.SW, Operator.EW);

  private Literals() {}

  /// The operators that a comparison with an attribute of this type may have.
  static Set<Operator> operators(Attribute.Type type) {
    var all = EnumSet.allOf(Operator.class);
    return switch (type) {
      case STRING, REFERENCE, DATE_TIME -> all;
      case BOOLEAN -> SAME;
      case INTEGER, DECIMAL -> EnumSet.complementOf(EnumSet.copyOf(PART));
      case BINARY -> EnumSet.of(Operator.EQ, Operator.NE, Operator.CO, Operator.SW, Operator.EW);
      case COMPLEX -> EnumSet.noneOf(Operator.class);
    };
  }

  /// The literal as a value of the attribute's type; empty where it does not fit.
  static Optional<JsonNode> read(
      Token token, Attribute attribute, Operator operator, Reading reading) {
    if (isNull(token)) {
      return SAME.contains(operator) ? Optional.of(NullNode.instance) : Optional.empty();
    }
    var quoted = token.kind() == Token.Kind.STRING;
    if (!reading.isTolerant() && quoted == isUnquoted(attribute.type())) return Optional.empty();
    return switch (attribute.type()) {
      case BOOLEAN -> truth(token.text());
      case INTEGER, DECIMAL -> number(token.text());
      case DATE_TIME -> date(token.text(), operator);
      case STRING, REFERENCE, BINARY, COMPLEX -> Optional.of(StringNode.valueOf(token.text()));
    };
  }

  private static boolean isUnquoted(Attribute.Type type) {
    return EnumSet.of(Attribute.Type.BOOLEAN, Attribute.Type.INTEGER, Attribute.Type.DECIMAL)
        .contains(type);
  }

  private static boolean isNull(Token token) {
    return token.isWord("null");
  }

  private static Optional<JsonNode> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(BooleanNode.TRUE);
      case "false" -> Optional.of(BooleanNode.FALSE);
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> number(String text) {
    if (!NUMBER.matcher(text).matches()) return Optional.empty();
    return ScimJson.number(new BigDecimal(text));
  }

  private static Optional<JsonNode> date(String text, Operator operator) {
    var fits = PART.contains(operator) || Timestamps.instant(text).isPresent();
    return fits ? Optional.of(StringNode.valueOf(text)) : Optional.empty();
  }
}
