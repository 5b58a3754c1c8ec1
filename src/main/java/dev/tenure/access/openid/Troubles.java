package dev.tenure.access.openid;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.Map;

/// What can go wrong on the way to the provider and back.
final class Troubles {
  private static final int WORDS_MAX = 300;

  private Troubles() {}

  static Problem.Found unreachable(String what, Object address) {
    return new Problem(
            Code.CONSOLE_OPENID_UNREACHABLE,
            plain(what),
            Map.of("address", address.toString()),
            "try again; if it stays so, check console.openid.issuer, and that this server reaches"
                + " the provider; local users still sign in with name and password")
        .found();
  }

  static Problem.Found refused(String what, String remedy) {
    return new Problem(Code.CONSOLE_OPENID_REFUSED, plain(what), Map.of(), remedy).found();
  }

  /// The answer does not belong to a sign-in of this browser.
  static Problem.Found stale() {
    return new Problem(
            Code.CONSOLE_OPENID_STALE,
            "this answer is not for a sign-in that this browser began in the last "
                + Trip.LIFE.toMinutes()
                + " minutes",
            Map.of(),
            "sign in again, from one window only, with cookies allowed")
        .found();
  }

  /// Somebody else's words, in one line of a bounded length.
  static String plain(String words) {
    var line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > WORDS_MAX ? line.substring(0, WORDS_MAX) + "…" : line;
  }
}
