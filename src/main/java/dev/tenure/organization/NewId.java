package dev.tenure.organization;

import java.time.Clock;
import java.time.temporal.ChronoField;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes ids: UUIDs of version 7 (RFC 9562 §5.7), so that the order of ids is that of creation and
/// new rows stand together in the index. The fraction of the millisecond follows it (§6.2, method
/// 3), so that the order holds among those of one millisecond, too.
final class NewId {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long MICROS_OF_MILLI = 1_000;
  private static final long FRACTIONS = 4_096;
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
    var now = clock.instant();
    long micros = now.getLong(ChronoField.MICRO_OF_SECOND) % MICROS_OF_MILLI;
    long fraction = micros * FRACTIONS / MICROS_OF_MILLI;
    long high = (now.toEpochMilli() << 16) | VERSION | fraction;
    return new UUID(high, (random.nextLong() & ~(3L << 62)) | VARIANT);
  }
}
