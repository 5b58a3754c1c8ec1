package dev.tenure.config;

import java.util.Optional;

/// The name that was probably meant.
public final class Nearest {
  private static final int LETTERS_PER_MISTAKE = 3;
  private static final int LENGTH_MAX = 100;

  private Nearest() {}

  private record Pair(String a, String b) {}

  /// The known name nearest to `name` by swapped, missing, added and wrong letters, where it is
  /// near: at most one mistake in three letters. The letter case counts half.
  public static Optional<String> of(String name, Iterable<String> known) {
    var best = Optional.<String>empty();
    int least = Integer.MAX_VALUE;
    for (var candidate : known) {
      int distance = distance(name, candidate);
      if (distance < least && distance <= allowed(name, candidate)) {
        least = distance;
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  /// In half mistakes.
  private static int allowed(String name, String candidate) {
    int length = Math.max(name.length(), candidate.length());
    if (length > LENGTH_MAX) return -1;
    return Math.max(2, 2 * ((length + 1) / LETTERS_PER_MISTAKE));
  }

  /// Optimal string alignment (Damerau-Levenshtein without overlapping swaps), in half mistakes.
  private static int distance(String a, String b) {
    if (a.equalsIgnoreCase(b)) return a.equals(b) ? 0 : 1;
    if (a.length() > LENGTH_MAX || b.length() > LENGTH_MAX) return Integer.MAX_VALUE;
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) d[i][0] = 2 * i;
    for (int j = 0; j <= b.length(); j++) d[0][j] = 2 * j;
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) step(d, new Pair(a, b), i, j);
    }
    return d[a.length()][b.length()];
  }

  private static void step(int[][] d, Pair pair, int i, int j) {
    char x = pair.a.charAt(i - 1);
    char y = pair.b.charAt(j - 1);
    int least = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 2, d[i - 1][j - 1] + cost(x, y));
    boolean swapped = i > 1 && j > 1 && x == pair.b.charAt(j - 2) && y == pair.a.charAt(i - 2);
    d[i][j] = swapped ? Math.min(least, d[i - 2][j - 2] + 2) : least;
  }

  private static int cost(char x, char y) {
    if (x == y) return 0;
    return Character.toLowerCase(x) == Character.toLowerCase(y) ? 1 : 2;
  }
}
