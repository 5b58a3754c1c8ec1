package dev.tenure.policy.function;

import static dev.tenure.policy.function.Overload.NUMBER;
import static dev.tenure.policy.function.Overload.TEXT;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tenure.policy.function.Overload.Given;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Regular expressions of RE2: the time that they take grows with the text and never explodes.
final class PatternFunctions {
  private static final int PATTERN_LENGTH_MAX = 1_000;

  /// Patterns that are made from a person's values are compiled each time once this is full.
  private static final int KEPT_MAX = 500;

  /// The first group of a pattern that has one, else all of the match.
  private static final int FIRST_GROUP = -1;

  private final Map<String, Pattern> kept = new ConcurrentHashMap<>();

  private PatternFunctions() {}

  static List<Overload> all() {
    var patterns = new PatternFunctions();
    return List.of(
        Overload.of("regexReplace", List.of(TEXT, TEXT, TEXT, TEXT), patterns::replace),
        Overload.of(
            "regexExtract", List.of(TEXT, TEXT, TEXT), g -> patterns.extract(g, FIRST_GROUP)),
        Overload.of(
            "regexExtract",
            List.of(TEXT, TEXT, TEXT, NUMBER),
            g -> patterns.extract(g, g.count(2))));
  }

  /// Every match; `$1` and `${name}` are groups of the match.
  private String replace(Given given) {
    var matcher = pattern(given.text(1)).matcher(given.text(0));
    try {
      return matcher.replaceAll(given.text(2));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Refusal(
          "the replacement does not fit the pattern: " + e.getMessage(),
          given.text(2),
          "name only groups that the pattern has");
    }
  }

  /// The first match, or the group of it that is meant; an empty text where nothing matches.
  private String extract(Given given, int group) {
    var matcher = pattern(given.text(1)).matcher(given.text(0));
    int wanted = group == FIRST_GROUP ? Math.min(1, matcher.groupCount()) : group;
    if (wanted > matcher.groupCount()) {
      throw new Refusal(
          "the pattern has no group " + wanted, given.text(1), "name a group that it has");
    }
    if (!matcher.find()) return "";
    var found = matcher.group(wanted);
    return found == null ? "" : found;
  }

  private Pattern pattern(String text) {
    var known = kept.get(text);
    if (known != null) return known;
    var made = compile(text);
    if (kept.size() < KEPT_MAX) kept.put(text, made);
    return made;
  }

  private static Pattern compile(String text) {
    if (text.length() > PATTERN_LENGTH_MAX) {
      throw new Refusal("the pattern is too long", text, "write it shorter");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new Refusal(
          "'" + text + "' is not a pattern: " + e.getDescription(),
          text,
          "write it as RE2 wants it (no look-ahead, no back references)");
    }
  }
}
