package dev.tenure.database;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process does and tells nobody of: looks again and again, up to a limit.
final class Await {
  private static final Duration STEP = Duration.ofMillis(5);

  private Await() {}

  /// Whether it was so within `limit`; looked at once at the least.
  static boolean until(Duration limit, BooleanSupplier so) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) return false;
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }
}
