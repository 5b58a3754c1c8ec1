package dev.tenure.deliver;

import dev.tenure.config.Section;
import java.time.Duration;

/// Section `deliver` of a flow. `concurrency`: requests at the same time; `batchMax`: changes that
/// are leased and settled together; `attemptsMax`: tries of one change before it is given up.
///
/// `lease`: how long a change stays with a delivery that no longer says anything; longer than the
/// target's request timeout plus [DeliveryRun#HOLD].
public record DeliveryConfig(int concurrency, int batchMax, int attemptsMax, Duration lease) {
  public static final DeliveryConfig DEFAULT = new DeliveryConfig(8, 50, 8, Duration.ofSeconds(90));
  private static final int CONCURRENCY_MAX = 256;
  private static final int BATCH_MAX = 1000;

  public DeliveryConfig {
    if (concurrency < 1 || batchMax < 1 || attemptsMax < 1) {
      throw new IllegalArgumentException("a delivery sends at least one change, at least once");
    }
  }

  /// Reads the section.
  public static DeliveryConfig read(Section section) {
    var concurrency = section.count("concurrency", DEFAULT.concurrency);
    section.require(
        concurrency >= 1 && concurrency <= CONCURRENCY_MAX,
        "concurrency",
        "must be 1 to " + CONCURRENCY_MAX);
    var batch = section.count("batch", DEFAULT.batchMax);
    section.require(batch >= 1 && batch <= BATCH_MAX, "batch", "must be 1 to " + BATCH_MAX);
    var attempts = section.count("attempts", DEFAULT.attemptsMax);
    section.require(attempts >= 1, "attempts", "must be at least 1");
    return new DeliveryConfig(
        Math.max(1, concurrency),
        Math.max(1, batch),
        Math.max(1, attempts),
        section.duration("lease", DEFAULT.lease));
  }
}
