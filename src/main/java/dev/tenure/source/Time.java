package dev.tenure.source;

import java.time.Clock;
import java.time.Duration;

/// How a source tells the time and lets it pass.
public record Time(Clock clock, Pause pause) {
  /// Returns after this time; at once where it is not positive.
  @FunctionalInterface
  public interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  /// Waits inside of a read, which ends early where the thread is stopped.
  public void rest(Duration time) {
    try {
      pause.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks again and again, `between` apart, until `done` says so or `longest` has passed.
  public void await(Duration longest, Duration between, Look done) throws InterruptedException {
    var end = clock.instant().plus(longest);
    while (!done.look()) {
      var left = Duration.between(clock.instant(), end);
      if (!left.isPositive()) return;
      pause.pause(left.compareTo(between) < 0 ? left : between);
    }
  }

  /// Whether what is waited for has come.
  @FunctionalInterface
  public interface Look {
    boolean look();
  }
}
