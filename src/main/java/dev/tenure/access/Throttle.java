package dev.tenure.access;

import dev.tenure.access.store.FailureStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Slows down whoever guesses passwords: for one name from one address after 5 failures, from one
/// address after 20, for one name from anywhere after 50. Each further failure doubles the wait, up
/// to a quarter of an hour; what failed a day ago is forgotten. By way of a provider: from one
/// address after 20.
final class Throttle {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final int DOUBLINGS_MAX = 7;

  private final FailureStore store;
  private final Clock clock;

  Throttle(FailureStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// A number of failures that is borne without a wait.
  private record Gauge(String key, int free) {}

  private static List<Gauge> gauges(Attempt attempt) {
    var name = attempt.name().toLowerCase(Locale.ROOT);
    return List.of(
        new Gauge("both " + name + " " + attempt.remote(), 5),
        new Gauge("from " + attempt.remote(), 20),
        new Gauge("name " + name, 50));
  }

  /// With a provider nobody guesses passwords: only the address counts, and apart from the local
  /// sign-in, so that trouble with the provider locks no local administrator out.
  private static Gauge abroad(Attempt attempt) {
    return new Gauge("openid " + attempt.remote(), 20);
  }

  /// How long an attempt by way of a provider has to wait.
  Duration waitAbroad(Attempt attempt) {
    return wait(abroad(attempt), clock.instant());
  }

  void failedAbroad(Attempt attempt) {
    var now = clock.instant();
    store.add(abroad(attempt).key(), now, now.minus(REMEMBERED));
  }

  void forgiveAbroad(Attempt attempt) {
    store.remove(abroad(attempt).key());
  }

  /// How long this attempt has to wait; zero where it may go on.
  Duration wait(Attempt attempt) {
    var now = clock.instant();
    return gauges(attempt).stream()
        .map(gauge -> wait(gauge, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private Duration wait(Gauge gauge, Instant now) {
    var failed = store.get(gauge.key(), now.minus(REMEMBERED));
    if (failed.isEmpty() || failed.get().failures() < gauge.free()) return Duration.ZERO;
    int doublings = Math.min(DOUBLINGS_MAX, failed.get().failures() - gauge.free());
    var pause = FIRST.multipliedBy(1L << doublings);
    var until = failed.get().lastAt().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }

  void failed(Attempt attempt) {
    var now = clock.instant();
    for (var gauge : gauges(attempt)) store.add(gauge.key(), now, now.minus(REMEMBERED));
  }

  /// Somebody who knows the password has made mistakes, no more.
  void forgive(Attempt attempt) {
    store.remove(gauges(attempt).getFirst().key());
  }
}
