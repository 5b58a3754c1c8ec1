package dev.tenure.policy.function;

import static dev.tenure.policy.function.Overload.CASES;
import static dev.tenure.policy.function.Overload.FLAG;
import static dev.tenure.policy.function.Overload.NUMBER;
import static dev.tenure.policy.function.Overload.TEXT;

import dev.tenure.policy.function.Overload.Given;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.stream.Collectors;

/// Parts and forms of one text. Positions count characters as CEL does (code points), from 1 in
/// `mid` and `word`, as Entra and spreadsheets have it.
final class TextFunctions {
  static final List<Overload> ALL =
      List.of(
          Overload.of("lower", List.of(TEXT, TEXT), g -> g.text(0).toLowerCase(Locale.ROOT)),
          Overload.of("upper", List.of(TEXT, TEXT), g -> g.text(0).toUpperCase(Locale.ROOT)),
          Overload.of("trim", List.of(TEXT, TEXT), g -> g.text(0).strip()),
          Overload.of("titleCase", List.of(TEXT, TEXT), g -> titleCase(g.text(0))),
          Overload.of("stripSpaces", List.of(TEXT, TEXT), g -> withoutBlanks(g.text(0))),
          Overload.of("digits", List.of(TEXT, TEXT), g -> digits(g.text(0))),
          Overload.of("left", List.of(TEXT, TEXT, NUMBER), g -> part(g.text(0), 0, g.count(1))),
          Overload.of("right", List.of(TEXT, TEXT, NUMBER), TextFunctions::right),
          Overload.of("mid", List.of(TEXT, TEXT, NUMBER, NUMBER), TextFunctions::mid),
          Overload.of("before", List.of(TEXT, TEXT, TEXT), TextFunctions::before),
          Overload.of("after", List.of(TEXT, TEXT, TEXT), TextFunctions::after),
          Overload.of("word", List.of(TEXT, TEXT, NUMBER, TEXT), TextFunctions::word),
          Overload.of("padLeft", List.of(TEXT, TEXT, NUMBER, TEXT), TextFunctions::padLeft),
          Overload.of("switch", List.of(TEXT, TEXT, CASES, TEXT), TextFunctions::otherwise),
          Overload.of("switch", List.of(TEXT, TEXT, CASES), TextFunctions::cases),
          Overload.of("flag", List.of(FLAG, TEXT), g -> flag(g.text(0))),
          Overload.of("number", List.of(NUMBER, TEXT), g -> number(g.text(0))),
          Overload.of("bitAnd", List.of(NUMBER, NUMBER, NUMBER), g -> g.number(0) & g.number(1)));

  private TextFunctions() {}

  static String digits(String text) {
    return text.chars()
        .filter(c -> c >= '0' && c <= '9')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String withoutBlanks(String text) {
    var kept = new StringBuilder();
    text.codePoints().filter(c -> !isBlank(c)).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /// The first letter of each word large, all others small. What is neither letter, digit nor
  /// apostrophe ends a word.
  private static String titleCase(String text) {
    var result = new StringBuilder();
    boolean inside = false;
    for (int c : text.codePoints().toArray()) {
      result.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inside = Character.isLetterOrDigit(c) || (inside && (c == '\'' || c == '’'));
    }
    return result.toString();
  }

  /// `count` characters from `from` on, or those that there are.
  private static String part(String text, int from, int count) {
    int length = text.codePointCount(0, text.length());
    int begin = Math.min(from, length);
    int end = Math.min((int) Math.min((long) begin + count, length), length);
    return text.substring(text.offsetByCodePoints(0, begin), text.offsetByCodePoints(0, end));
  }

  private static String right(Given given) {
    var text = given.text(0);
    int length = text.codePointCount(0, text.length());
    return part(text, Math.max(0, length - given.count(1)), given.count(1));
  }

  private static String mid(Given given) {
    int start = given.count(1);
    if (start == 0) throw new Refusal("'mid' counts from 1", "0", "write 1 for the first");
    return part(given.text(0), start - 1, given.count(2));
  }

  private static String before(Given given) {
    int at = given.text(0).indexOf(given.text(1));
    return at < 0 ? given.text(0) : given.text(0).substring(0, at);
  }

  private static String after(Given given) {
    int at = given.text(0).indexOf(given.text(1));
    return at < 0 ? "" : given.text(0).substring(at + given.text(1).length());
  }

  /// Any of the delimiters' characters ends a word; several in a row count as one.
  private static String word(Given given) {
    var words = new StringTokenizer(given.text(0), given.text(2));
    for (int n = given.count(1); words.hasMoreTokens(); n--) {
      var word = words.nextToken();
      if (n == 1) return word;
    }
    return "";
  }

  private static String padLeft(Given given) {
    var text = given.text(0);
    if (given.text(2).isEmpty()) {
      throw new Refusal("nothing to pad with", text, "give a character, such as \"0\"");
    }
    int missing = Math.max(0, given.count(1) - text.length());
    return part(given.text(2).repeat(missing), 0, missing) + text;
  }

  private static Object otherwise(Given given) {
    var found = given.cases(1).get(given.text(0));
    return found == null ? given.text(2) : found;
  }

  private static Object cases(Given given) {
    var found = given.cases(1).get(given.text(0));
    if (found != null) return found;
    throw new Refusal(
        "'switch' has no case for '" + given.text(0) + "'",
        given.text(0),
        "add the case, or a value for all others at the end");
  }

  private static boolean flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "1", "on" -> true;
      case "false", "no", "n", "0", "off", "" -> false;
      default ->
          throw new Refusal(
              "'" + text + "' is neither yes nor no", text, "write true or false in the source");
    };
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new Refusal(
          "'" + text + "' is not a whole number",
          text,
          "correct it in the source, or ask first, as in text.matches(\"[0-9]+\")");
    }
  }
}
