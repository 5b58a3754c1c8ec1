package dev.tenure.reconcile;

import java.util.Locale;

/// What may be wrong between the people of a flow and the accounts of its target.
public enum ConflictKind {
  /// A person has no account yet, and an active account of nobody has their email or userName, but
  /// another externalId or none.
  OTHER_EXTERNAL_ID,
  /// A person has no account yet, and a locked account of nobody has their email, userName or key.
  LOCKED_NAMESAKE,
  /// Two accounts have an email or an externalId in common, and one of them is nobody's.
  DUPLICATE_ACCOUNT,
  /// More than one person is to have the same userName.
  SAME_USER_NAME,
  /// A locked account, or one of nobody, has roles or entitlements, and so holds a seat.
  GHOST_LICENCE,
  /// An active account that no person has or could have.
  ORPHAN;

  /// As in JSON, CSV and on the command line: `other-external-id`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
