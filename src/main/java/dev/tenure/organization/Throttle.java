package dev.tenure.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Slows down who guesses secrets: after some failures in a minute, an address must wait for the
/// minute to end, for that client or for all. Others go on: nobody can lock a client out from
/// elsewhere. Counts are those of this node.
final class Throttle {
  static final int FAILURES_OF_CLIENT_MAX = 10;
  static final int FAILURES_OF_ADDRESS_MAX = 100;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int REMEMBERED_MAX = 50_000;
  private final Clock clock;
  private final Cache<Key, Count> counts =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(WINDOW).build();

  private record Key(String address, String client, int failuresMax) {}

  private record Count(Instant begun, int failures) {}

  Throttle(Clock clock) {
    this.clock = clock;
  }

  /// How long to wait before the next try; absent where none is needed.
  Optional<Duration> wait(String address, String client) {
    var now = clock.instant();
    return keys(address, client).stream()
        .flatMap(key ->
            Optional.ofNullable(counts.getIfPresent(key)).stream()
                .filter(count -> count.failures() >= key.failuresMax())
                .map(count -> Duration.between(now, count.begun().plus(WINDOW))))
        .filter(Duration::isPositive)
        .max(Duration::compareTo);
  }

  void failed(String address, String client) {
    var now = clock.instant();
    for (var key : keys(address, client)) {
      counts
          .asMap()
          .compute(
              key,
              (_, count) ->
                  count == null || !count.begun().plus(WINDOW).isAfter(now)
                      ? new Count(now, 1)
                      : new Count(count.begun(), count.failures() + 1));
    }
  }

  private static List<Key> keys(String address, String client) {
    return List.of(
        new Key(address, client, FAILURES_OF_CLIENT_MAX),
        new Key(address, "", FAILURES_OF_ADDRESS_MAX));
  }
}
