package dev.tenure.access.openid;

import dev.tenure.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that the provider tells, fetched when it is needed and kept for an hour. One fetches
/// at a time. What failed, and what was fetched just now, is not asked for again for [#PAUSE]:
/// nobody makes us ask more often than that.
final class Kept<T> {
  static final Duration LIFE = Duration.ofHours(1);
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final Supplier<T> fetch;
  private final Clock clock;
  private @Nullable T value;
  private Problem.@Nullable Found failure;
  private Instant triedAt = Instant.EPOCH;

  /// `fetch` throws [Problem.Found] where it fails.
  Kept(Supplier<T> fetch, Clock clock) {
    this.fetch = fetch;
    this.clock = clock;
  }

  /// What is known, at most an hour old.
  synchronized T get() {
    var known = value;
    return known != null && isYoungerThan(LIFE) ? known : fetched();
  }

  /// What is known now, as where the known was not enough.
  synchronized T renewed() {
    var known = value;
    return known != null && isYoungerThan(PAUSE) ? known : fetched();
  }

  private boolean isYoungerThan(Duration age) {
    return triedAt.plus(age).isAfter(clock.instant());
  }

  private T fetched() {
    var failed = failure;
    if (failed != null && isYoungerThan(PAUSE)) throw failed;
    triedAt = clock.instant();
    value = null;
    failure = null;
    try {
      var fresh = fetch.get();
      value = fresh;
      return fresh;
    } catch (Problem.Found e) {
      failure = e;
      throw e;
    }
  }
}
