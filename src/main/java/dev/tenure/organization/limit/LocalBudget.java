package dev.tenure.organization.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;

/// A budget in the memory of this node, which alone serves the database.
final class LocalBudget implements Budget {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long NANOS = 1_000_000_000L;
  private final RateLimit limit;
  private final Bucket bucket;

  /// `left`: with how many requests it begins.
  LocalBudget(RateLimit limit, long left, Clock clock) {
    this.limit = limit;
    this.bucket =
        Bucket.builder()
            .addLimit(bandwidth(limit, Math.clamp(left, 0, limit.burst())))
            .withCustomTimePrecision(new Meter(clock))
            .build();
  }

  @Override
  public Allowance take() {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    return new Allowance(
        probe.isConsumed(),
        limit,
        probe.getRemainingTokens(),
        seconds(probe.getNanosToWaitForReset()),
        Math.max(1, seconds(probe.getNanosToWaitForRefill())));
  }

  @Override
  public long left() {
    return bucket.getAvailableTokens();
  }

  @Override
  public long here() {
    return left();
  }

  private static Bandwidth bandwidth(RateLimit limit, long left) {
    var capacity = Bandwidth.builder().capacity(limit.burst());
    var refill =
        limit.byWindow()
            ? capacity.refillIntervally(limit.perMinute(), MINUTE)
            : capacity.refillGreedy(limit.perMinute(), MINUTE);
    return refill.initialTokens(left).build();
  }

  private static int seconds(long nanos) {
    return Math.toIntExact(Math.ceilDiv(nanos, NANOS));
  }

  private record Meter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      var now = clock.instant();
      return now.getEpochSecond() * NANOS + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
