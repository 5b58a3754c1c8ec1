package dev.tenure.deliver;

import java.util.Locale;

/// Where a plan stands.
public enum PlanState {
  /// Made; nothing of it may be sent yet.
  OPEN,
  /// Somebody applied it: its changes are being sent, now or after the next start.
  APPLYING,
  /// All is settled but what the guard holds back.
  HELD,
  /// Nothing is left to be sent.
  APPLIED,
  /// A newer plan took its place.
  SUPERSEDED;

  /// As in the database and in JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The state that is written so.
  public static PlanState of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
