package dev.tenure.deliver;

import java.time.Duration;
import java.time.Instant;

/// When a change is tried again.
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(256);
  private static final int DOUBLINGS_MAX = 8; // FIRST · 2^8 = LONGEST

  private final TimeAndChance world;

  Backoff(TimeAndChance world) {
    this.world = world;
  }

  /// Full jitter: anywhere up to the ceiling, which doubles with each failure (1 is the first).
  Instant nextTry(int failures) {
    var doublings = Math.max(0, failures - 1);
    var ceiling = doublings < DOUBLINGS_MAX ? FIRST.multipliedBy(1L << doublings) : LONGEST;
    var millis = world.random().nextLong(ceiling.toMillis() + 1);
    return world.clock().instant().plusMillis(millis);
  }
}
