package dev.tenure.reconcile;

import java.util.Locale;

/// What can be done with a conflict.
public enum Resolution {
  /// The account becomes the person's, and is made as the rules want it.
  ADOPT,
  /// The account, or the person, gets another userName.
  RENAME,
  /// The account is locked and loses its roles and entitlements.
  RETIRE,
  /// Nothing.
  IGNORE;

  /// As in JSON, CSV and on the command line.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
