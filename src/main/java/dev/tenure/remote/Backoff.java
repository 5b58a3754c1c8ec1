package dev.tenure.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a message that a receiver did not take is sent again.
public final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration ASKED_LONGEST = Duration.ofHours(1);
  private static final int DOUBLINGS_MAX = 8; // FIRST · 2^8 is near LONGEST

  private final Clock clock;
  private final RandomGenerator random;

  public Backoff(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// Full jitter: anywhere up to the ceiling, which doubles with each failure (1 is the first);
  /// what the receiver asked for comes first, up to an hour.
  public Instant nextTry(int failures, Optional<Duration> asked) {
    var now = clock.instant();
    if (asked.isPresent()) {
      return now.plus(asked.get().compareTo(ASKED_LONGEST) < 0 ? asked.get() : ASKED_LONGEST);
    }
    var doublings = Math.max(0, failures - 1);
    var ceiling = doublings < DOUBLINGS_MAX ? FIRST.multipliedBy(1L << doublings) : LONGEST;
    return now.plusMillis(random.nextLong(ceiling.toMillis() + 1));
  }
}
