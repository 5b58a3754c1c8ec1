package dev.tenure.deliver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets time pass: really, or on a simulated clock.
@FunctionalInterface
public interface Pause {
  /// Returns after this time; at once where it is not positive.
  void pause(Duration time) throws InterruptedException;

  /// Waits on the system's clock.
  static Pause real() {
    return time -> {
      if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("a latch that nobody opens was opened");
      }
    };
  }
}
