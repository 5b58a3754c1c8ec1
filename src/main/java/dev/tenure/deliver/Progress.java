package dev.tenure.deliver;

import java.time.Duration;
import java.util.Optional;

/// Is told how far a delivery is: at its start and after each settled batch, by one thread at a
/// time.
@FunctionalInterface
public interface Progress {
  /// Tells nobody.
  Progress NONE = _ -> {};

  void at(State state);

  /// How far it is. `total` are the changes that this delivery began with, `done` those that the
  /// target took, `failed` those that ended otherwise; `elapsed` counts from its start. `expected`:
  /// how long all of it takes by the limits that were known then. `paused`: the target asked to be
  /// left alone for this time.
  record State(
      long total,
      long done,
      long failed,
      Duration elapsed,
      Optional<Duration> expected,
      Optional<Duration> paused) {
    /// Changes per second so far; 0 at the start.
    public double perSecond() {
      var millis = elapsed.toMillis();
      return millis == 0 ? 0 : (done + failed) * 1000.0 / millis;
    }

    /// The time that the rest will take; absent while nothing is known of it. At first what was
    /// expected counts, in the end the rate so far.
    public Optional<Duration> remaining() {
      var rate = perSecond();
      if (rate <= 0) return expected;
      var atThisRate = (total - done - failed) * 1000 / rate;
      var asExpected =
          expected.map(e -> Math.max(0.0, (double) e.minus(elapsed).toMillis())).orElse(atThisRate);
      var part = (double) (done + failed) / total;
      var millis = part * atThisRate + (1 - part) * asExpected;
      return Optional.of(Duration.ofMillis((long) millis));
    }
  }
}
