package dev.tenure.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Time for tests of sources.
public final class Times {
  private Times() {}

  /// As it passes.
  public static Time real() {
    return new Time(Clock.systemUTC(), Times::pause);
  }

  private static void pause(Duration time) throws InterruptedException {
    if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("a latch that nobody opens was opened");
    }
  }

  /// Stands still but for the pauses, which take no time and are written down.
  public static final class Simulated {
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T08:00:00Z");

    public Time time() {
      return new Time(new Ticking(), this::pass);
    }

    private void pass(Duration time) {
      pauses.add(time);
      now = now.plus(time);
    }

    public List<Duration> pauses() {
      return pauses;
    }

    private final class Ticking extends Clock {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }
    }
  }
}
