package dev.tenure.scim.schema;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The word that looks most like another, by the number of letters that differ.
final class Nearest {
  private static final int LETTERS_MAX = 100;

  private Nearest() {}

  static Optional<String> of(String word, Stream<String> candidates) {
    if (word.length() > LETTERS_MAX) return Optional.empty();
    var folded = word.toLowerCase(Locale.ROOT);
    var most = Math.max(1, word.length() / 3);
    return candidates
        .map(c -> Map.entry(c, distance(folded, c.toLowerCase(Locale.ROOT))))
        .filter(e -> e.getValue() <= most)
        .min(Comparator.comparingInt(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }

  /// Levenshtein's distance, in one row.
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) row[j] = j;
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
