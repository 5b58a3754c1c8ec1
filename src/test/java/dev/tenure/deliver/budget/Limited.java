package dev.tenure.deliver.budget;

import dev.tenure.target.Budget.Heard;
import dev.tenure.target.Budget.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A server that allows so many requests a minute: `byWindow` all of them at the end of a minute
/// that begins with a request, as Genesys Cloud does; else one by one. It tells its limit where it
/// is `announced`.
final class Limited {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Clock clock;
  private final int perMinute;
  private final boolean byWindow;
  private final boolean announced;
  private double left;
  private Instant since;
  private int taken;
  private int refused;

  Limited(Clock clock, int perMinute, boolean byWindow, boolean announced) {
    this.clock = clock;
    this.perMinute = perMinute;
    this.byWindow = byWindow;
    this.announced = announced;
    this.left = perMinute;
    this.since = clock.instant();
  }

  /// What it answers to one request.
  Heard answer() {
    refill();
    boolean isTaken = left >= 1;
    if (isTaken) {
      left--;
      taken++;
    } else {
      refused++;
    }
    var reset = seconds(reset());
    var window =
        Optional.of(new Window(OptionalLong.of(perMinute), (long) left, reset, Optional.of(MINUTE)))
            .filter(_ -> announced);
    var retry = byWindow ? reset : seconds((1 - left) * 60.0 / perMinute);
    return isTaken
        ? new Heard(200, Optional.empty(), window)
        : new Heard(429, Optional.of(retry), window);
  }

  private void refill() {
    var now = clock.instant();
    var passed = Duration.between(since, now);
    if (byWindow) {
      if (passed.compareTo(MINUTE) < 0) return;
      left = perMinute;
      since = since.plus(MINUTE.multipliedBy(passed.dividedBy(MINUTE)));
    } else {
      left = Math.min(perMinute, left + passed.toNanos() / 60e9 * perMinute);
      since = now;
    }
  }

  private double reset() {
    if (!byWindow) return (perMinute - left) * 60.0 / perMinute;
    return Duration.between(clock.instant(), since.plus(MINUTE)).toNanos() / 1e9;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds((long) Math.ceil(seconds));
  }

  int taken() {
    return taken;
  }

  int refused() {
    return refused;
  }
}
