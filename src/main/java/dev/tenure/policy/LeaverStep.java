package dev.tenure.policy;

import java.time.Duration;
import java.util.Locale;

/// One step of what happens to a leaver's account, `after` this time from their leaving.
public record LeaverStep(Kind kind, Duration after) {
  /// What is done.
  public enum Kind {
    /// `active` becomes false.
    DEACTIVATE,
    /// Sessions end: with `active`, or by a request of their own where the target needs one.
    REVOKE_SESSIONS,
    /// `roles` become empty.
    REMOVE_ROLES,
    /// Memberships end.
    REMOVE_GROUPS,
    /// `entitlements` become empty; what seat the account held is free.
    RELEASE_LICENCE,
    /// The account is deleted.
    DELETE;

    /// As it is written in a configuration: `remove-roles`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// At once.
  public static LeaverStep now(Kind kind) {
    return new LeaverStep(kind, Duration.ZERO);
  }

  /// `delete after 30d`.
  public String words() {
    return after.isZero() ? kind.word() : kind.word() + " after " + Words.duration(after);
  }
}
