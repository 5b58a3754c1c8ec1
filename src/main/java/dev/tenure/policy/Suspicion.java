package dev.tenure.policy;

import java.util.Locale;

/// What makes a part of a plan look like an accident, and from when on it usually does.
public enum Suspicion {
  /// Too many leavers of one kind; of the linked accounts that are active.
  LEAVERS(20, 0.10),
  /// Nearly everybody of one department, division, OU, group … leaves; of those who are in it. Also
  /// nearly everybody who holds one role, or is in one group, loses it.
  VANISHED(5, 0.80),
  /// Accounts are deleted; of the linked ones.
  DELETIONS(10, 0.05),
  /// People lose a role; of the linked accounts that are active.
  ROLES(20, 0.20),
  /// People lose a group; of the linked accounts that are active.
  MEMBERSHIPS(20, 0.20),
  /// What an account says is overwritten; of the linked ones.
  UPDATES(100, 0.50),
  /// New accounts; of the linked ones. Not looked at before there are some.
  JOINERS(500, 1.00),
  /// Locked accounts are opened; of the linked ones that are locked.
  REACTIVATIONS(10, 0.50),
  /// An attribute loses its value; of the linked accounts that have one.
  EMPTIED(10, 0.20),
  /// A userName or an email changes; of the linked accounts.
  RENAMED(10, 0.20),
  /// An attribute that told people apart becomes the same for all; of the linked accounts.
  UNIFORM(10, 0.30),
  /// Accounts are made again for people who had one; of those who had one.
  RECREATED(5, 0.10),
  /// Letters that are not ASCII are damaged; of the linked accounts.
  GARBLED(5, 0);

  private final Limit usual;

  Suspicion(int count, double share) {
    this.usual = new Limit(count, share);
  }

  /// The limit where the configuration says nothing.
  public Limit usual() {
    return usual;
  }

  /// As in the configuration, in JSON and in problems.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
