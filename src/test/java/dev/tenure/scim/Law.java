package dev.tenure.scim;

import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Tries a law with random input, `-Dlaw.cases=` times. A failure names its seed; `-Dlaw.seed=`
/// tries that one only.
public final class Law {
  private static final int CASES = Integer.getInteger("law.cases", 300);

  private Law() {}

  public static void holds(Consumer<RandomGenerator> law) {
    var replay = Long.getLong("law.seed");
    if (replay != null) {
      law.accept(new Random(replay));
      return;
    }
    for (var seed = 0L; seed < CASES; seed++) {
      try {
        law.accept(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("replay with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
