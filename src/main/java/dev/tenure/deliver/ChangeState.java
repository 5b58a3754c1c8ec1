package dev.tenure.deliver;

import java.util.Locale;

/// Where a change stands. `WAITING`, `LEASED` and `HELD` are open, the others are final.
public enum ChangeState {
  /// To be sent, perhaps not before some time.
  WAITING,
  /// Taken by a delivery: about to be sent, or sent and not settled yet.
  LEASED,
  /// Held back by the guard until somebody approves it.
  HELD,
  /// The target has it.
  DONE,
  /// Its precondition no longer held: the next cycle plans it anew.
  STALE,
  /// The target will never take it.
  REFUSED,
  /// Tried as often as is allowed.
  DEAD,
  /// A newer plan took its place before it was sent.
  SUPERSEDED;

  /// As in the database and in JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The state that is written so.
  public static ChangeState of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
