package dev.tenure.licence;

import java.util.Locale;

/// Why a seat could be had back.
public enum Evidence {
  /// The account is locked, and has a seat all the same.
  LOCKED,
  /// Nobody whom a flow knows has the account.
  ORPHANED,
  /// Nobody has signed in to it for long.
  IDLE;

  /// As on the command line and in JSON: `idle`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
