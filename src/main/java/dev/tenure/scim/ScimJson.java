package dev.tenure.scim;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NumericNode;

/// JSON as this protocol reads and writes it: bounded in depth, size, and length and magnitude of
/// numbers; a name that stands twice in one object is an error, and so is text after the document.
public final class ScimJson {
  private static final int DEPTH_MAX = 32;
  private static final int NUMBER_DIGITS_MAX = 40;
  private static final int TEXT_CHARACTERS_MAX = 2_000_000;
  private static final int NAME_CHARACTERS_MAX = 1_000;
  private static final long DOCUMENT_BYTES_MAX = 32L * 1024 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_DIGITS_MAX)
                          .maxStringLength(TEXT_CHARACTERS_MAX)
                          .maxNameLength(NAME_CHARACTERS_MAX)
                          .maxDocumentLength(DOCUMENT_BYTES_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(new FiniteNumbers())
          .build();

  private ScimJson() {}

  /// The mapper itself, for streaming; its limits hold there too.
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /// Reads one document in UTF-8; anything else is 400 `invalidSyntax` with line and column.
  public static JsonNode read(byte[] document) {
    if (isWide(document)) {
      throw ScimException.bad(ScimType.invalidSyntax, "the body is not in UTF-8");
    }
    try {
      return checked(MAPPER.readTree(document));
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  /// UTF-16 and UTF-32, which Jackson would read too (RFC 8259 §8.1 has UTF-8 only).
  private static boolean isWide(byte[] document) {
    if (document.length < 2) return false;
    var mark = (document[0] & 0xff) << 8 | (document[1] & 0xff);
    return document[0] == 0 || document[1] == 0 || mark == 0xfeff || mark == 0xfffe;
  }

  /// Reads one document; anything else is 400 `invalidSyntax` with line and column.
  public static JsonNode read(String document) {
    return read(document.getBytes(StandardCharsets.UTF_8));
  }

  /// The document in one line.
  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /// A number in its one form: int, else long, else double, so that equal numbers are equal nodes.
  /// Empty where a double cannot hold it.
  public static Optional<JsonNode> number(BigDecimal value) {
    var approximate = value.doubleValue();
    if (!Double.isFinite(approximate)) return Optional.empty();
    try {
      var exact = value.longValueExact();
      return Optional.of(
          exact == (int) exact ? IntNode.valueOf((int) exact) : LongNode.valueOf(exact));
    } catch (ArithmeticException e) {
      return Optional.of(DoubleNode.valueOf(approximate));
    }
  }

  /// Whether every database and encoder can hold the text: no NUL, no half of a surrogate pair.
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) return false;
      if (Character.isSurrogate(c)) {
        int next = i + 1;
        if (next == text.length() || !Character.isSurrogatePair(c, text.charAt(next))) return false;
        i = next;
      }
    }
    return true;
  }

  private static JsonNode checked(JsonNode node) {
    if (!node.isMissingNode()) return node;
    throw ScimException.bad(ScimType.invalidSyntax, "the body is empty, a JSON object is wanted");
  }

  private static ScimException unreadable(JacksonException e) {
    var where = e.getLocation();
    var at =
        where == null || where.getLineNr() < 1
            ? ""
            : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    return ScimException.bad(
        ScimType.invalidSyntax, "the body is not valid JSON" + at + ": " + reason(e));
  }

  /// A number that no double holds is refused (RFC 8259 §6 allows that): left alone it would be
  /// infinite, which is written as a text.
  private static final class FiniteNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public NumericNode numberNode(double value) {
      if (Double.isFinite(value)) return super.numberNode(value);
      throw ScimException.bad(
          ScimType.invalidSyntax, "the body has a number that is too large: 1.8e308 is the limit");
    }
  }

  /// The first line only: what follows it quotes the document, which may hold a password.
  private static String reason(JacksonException e) {
    var message = e.getOriginalMessage();
    var line = message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    var quoted = line.indexOf(": was expecting");
    return (line.startsWith("Unrecognized token") || quoted > 0) ? "unexpected text" : line;
  }
}
