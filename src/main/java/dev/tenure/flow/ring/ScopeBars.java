package dev.tenure.flow.ring;

import dev.tenure.flow.ring.Way.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a scope's expression says of `sourceOrg`, as far as that is certain from its form: texts
/// joined by `&&` of which some are `sourceOrg == "…"` or `sourceOrg != "…"`.
///
/// Any other form is taken to say nothing: a ring may then be reported that the scope holds up, but
/// none is overlooked.
public final class ScopeBars {
  private static final Pattern TERM =
      Pattern.compile("sourceOrg\\s*(==|!=)\\s*(?:\"([^\"'\\\\]*)\"|'([^\"'\\\\]*)')");

  private ScopeBars() {}

  public static List<Bar> of(String expression) {
    var bars = new ArrayList<Bar>();
    for (var part : expression.split("&&", -1)) {
      if (!isWhole(part)) return List.of();
      var term = TERM.matcher(part.strip());
      if (!term.matches()) continue;
      var mark = term.group(2) == null ? term.group(3) : term.group(2);
      bars.add(term.group(1).equals("==") ? new Bar.AllBut(mark) : new Bar.Only(mark));
    }
    return bars;
  }

  /// Whether `&&` stood outside of all texts and brackets, and nothing binds less than it.
  private static boolean isWhole(String part) {
    if (part.contains("||") || part.contains("?") || part.contains("\\")) return false;
    if (part.contains("//") || part.contains("\n")) return false;
    return isEven(part, '"')
        && isEven(part, '\'')
        && count(part, '(') == count(part, ')')
        && count(part, '[') == count(part, ']')
        && count(part, '{') == count(part, '}');
  }

  private static boolean isEven(String text, char letter) {
    return count(text, letter) % 2 == 0;
  }

  private static long count(String text, char letter) {
    return text.chars().filter(c -> c == letter).count();
  }
}
