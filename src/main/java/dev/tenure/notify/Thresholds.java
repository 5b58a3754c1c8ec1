package dev.tenure.notify;

import java.time.Duration;

/// From when on something is told: `leaverLate`, so long somebody who left may be inside;
/// `licenceLow`, the share of a pool's seats that are used; `credentialExpiring`, so long before
/// the end.
public record Thresholds(Duration leaverLate, double licenceLow, Duration credentialExpiring) {
  static final Thresholds USUAL = new Thresholds(Duration.ofMinutes(15), 0.9, Duration.ofDays(14));
}
