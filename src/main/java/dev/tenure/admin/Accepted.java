package dev.tenure.admin;

import dev.tenure.http.Request;
import java.util.List;
import java.util.Locale;

/// What a client takes as an answer (RFC 9110 §12.5.1).
final class Accepted {
  private static final String NO_WEIGHT = "q=0(\\.0{0,3})?";

  private Accepted() {}

  /// Whether it takes this type of `application`: nothing said is everything, and the most exact
  /// range decides.
  static boolean takes(Request request, String type) {
    var leastExactFirst = List.of("*/*", "application/*", type);
    var said =
        String.join(",", request.head().headers().fields().getOrDefault("Accept", List.of()));
    if (said.isBlank()) return true;
    int exact = -1;
    boolean taken = false;
    for (var range : said.toLowerCase(Locale.ROOT).split(",", -1)) {
      var words = List.of(range.strip().split("\\s*;\\s*", -1));
      int rank = leastExactFirst.indexOf(words.getFirst());
      if (rank < 0 || rank < exact) continue;
      exact = rank;
      taken = words.stream().skip(1).noneMatch(w -> w.matches(NO_WEIGHT));
    }
    return taken;
  }
}
