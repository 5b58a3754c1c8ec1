package dev.tenure.deliver.budget;

import dev.tenure.target.Budget.Heard;
import dev.tenure.target.Budget.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A server that allows so many requests in a window: `byWindow` all of them at the end of one that
/// begins with a request, as Genesys Cloud does; else one by one. It tells its limit where it is
/// `announced`.
final class Limited {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Clock clock;
  private final int allowed;
  private final Duration length;
  private final boolean byWindow;
  private final boolean announced;
  private double left;
  private Instant since;
  private int taken;
  private int refused;

  /// So many a minute.
  Limited(Clock clock, int perMinute, boolean byWindow, boolean announced) {
    this(clock, perMinute, MINUTE, byWindow, announced);
  }

  private Limited(Clock clock, int allowed, Duration length, boolean byWindow, boolean announced) {
    this.clock = clock;
    this.allowed = allowed;
    this.length = length;
    this.byWindow = byWindow;
    this.announced = announced;
    this.left = allowed;
    this.since = clock.instant();
  }

  /// So many in each window of this length, as it announces.
  static Limited announced(Clock clock, int allowed, Duration length, boolean byWindow) {
    return new Limited(clock, allowed, length, byWindow, true);
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
        Optional.of(new Window(OptionalLong.of(allowed), (long) left, reset, Optional.of(length)))
            .filter(_ -> announced);
    var retry = byWindow ? reset : seconds((1 - left) * length.toMillis() / 1000.0 / allowed);
    return isTaken
        ? new Heard(200, Optional.empty(), window)
        : new Heard(429, Optional.of(retry), window);
  }

  private void refill() {
    var now = clock.instant();
    var passed = Duration.between(since, now);
    if (byWindow) {
      if (passed.compareTo(length) < 0) return;
      left = allowed;
      since = since.plus(length.multipliedBy(passed.dividedBy(length)));
    } else {
      left = Math.min(allowed, left + (double) passed.toNanos() / length.toNanos() * allowed);
      since = now;
    }
  }

  private double reset() {
    if (!byWindow) return (allowed - left) * length.toMillis() / 1000.0 / allowed;
    return Duration.between(clock.instant(), since.plus(length)).toNanos() / 1e9;
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
