package dev.tenure.organization;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes ids: UUIDs of version 7 (RFC 9562 §5.7), so that the order of ids is that of creation and
/// new rows stand together in the index.
final class NewId {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private final Clock clock;
  private final RandomGenerator random;

  NewId(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// The clock that the ids follow.
  Clock clock() {
    return clock;
  }

  UUID next() {
    long high = (clock.millis() << 16) | VERSION | (random.nextLong() & 0xfffL);
    return new UUID(high, (random.nextLong() & ~(3L << 62)) | VARIANT);
  }
}
