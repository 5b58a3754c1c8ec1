package dev.tenure.deliver;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/// When a delivery ends though something is left: at `until`, or when it is `called` away.
record Stop(Instant until, BooleanSupplier called) {
  boolean isDue(Instant now) {
    return !now.isBefore(until) || called.getAsBoolean();
  }

  /// No longer than that, and not beyond `until`.
  Duration atMost(Duration time, Instant now) {
    var left = Duration.between(now, until);
    return left.compareTo(time) < 0 ? left : time;
  }
}
