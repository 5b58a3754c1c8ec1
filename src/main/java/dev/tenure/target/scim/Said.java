package dev.tenure.target.scim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Something that a server says of itself: asked when it is needed, and again after an hour. Safe
/// for use by many threads at once.
final class Said<T> {
  private static final Duration KEPT = Duration.ofHours(1);

  /// A server that does not answer must not be asked twice for each change.
  private static final Duration SILENCE_KEPT = Duration.ofMinutes(1);

  private final Supplier<Optional<T>> asking;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private T said;
  private Instant askAt = Instant.MIN;

  /// `unsaid` holds until the server says something; `asking` gives nothing where it cannot be
  /// asked now.
  Said(T unsaid, Supplier<Optional<T>> asking, Clock clock) {
    this.said = unsaid;
    this.asking = asking;
    this.clock = clock;
  }

  /// A server that cannot be asked now is taken for what it said last.
  T get() {
    lock.lock();
    try {
      var now = clock.instant();
      if (now.isBefore(askAt)) return said;
      var answer = asking.get();
      said = answer.orElse(said);
      askAt = now.plus(answer.isPresent() ? KEPT : SILENCE_KEPT);
      return said;
    } finally {
      lock.unlock();
    }
  }
}
