package dev.tenure.notify;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is told of. What may pass by itself is told when it has lasted for its `grace`.
public enum Kind {
  /// The guard holds changes back.
  PLAN_HELD(Duration.ZERO),
  /// Somebody who left is still inside.
  LEAVER_LATE(Duration.ZERO),
  /// A target fails as a whole, and is only probed.
  TARGET_QUARANTINED(Duration.ofMinutes(1)),
  /// The source does not give all that it has.
  SOURCE_UNREADABLE(Duration.ofMinutes(5)),
  /// The turns of a flow end early.
  FLOW_FAILING(Duration.ofMinutes(5)),
  /// Accounts that could be somebody else's.
  CONFLICTS(Duration.ZERO),
  /// What a client of an organization proves itself with ends soon.
  CREDENTIAL_EXPIRING(Duration.ZERO),
  /// A licence pool is nearly used up.
  LICENCE_LOW(Duration.ZERO);

  /// Those that are found in what flows write.
  static final List<Kind> OF_FLOWS =
      List.of(
          PLAN_HELD, LEAVER_LATE, TARGET_QUARANTINED, SOURCE_UNREADABLE, FLOW_FAILING, CONFLICTS);

  /// Those that are found in organizations.
  static final List<Kind> OF_ORGANIZATIONS = List.of(CREDENTIAL_EXPIRING, LICENCE_LOW);

  private final Duration grace;

  Kind(Duration grace) {
    this.grace = grace;
  }

  Duration grace() {
    return grace;
  }

  /// As in the configuration, in messages and in the database.
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The kind that is written so; absent for one of another version of Tenure.
  public static Optional<Kind> of(String wire) {
    return List.of(values()).stream().filter(k -> k.wire().equals(wire)).findFirst();
  }
}
