package dev.tenure.licence;

import dev.tenure.config.Section;
import java.time.Duration;

/// Section `licences`. `idle`: who has not signed in for so long may not need the seat.
public record LicenceConfig(Duration idle) {
  /// What holds where nothing is said.
  public static final LicenceConfig USUAL = new LicenceConfig(Duration.ofDays(90));

  private static final Duration LEAST = Duration.ofDays(1);

  public static LicenceConfig read(Section section) {
    var idle = section.duration("idle", USUAL.idle());
    section.require(idle.compareTo(LEAST) >= 0, "idle", "must be at least 1d");
    return new LicenceConfig(idle);
  }
}
