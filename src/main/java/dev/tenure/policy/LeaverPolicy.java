package dev.tenure.policy;

/// The short forms of what happens to the account of somebody who must not have access any more,
/// whatever the event (see [LeaverTable]).
public enum LeaverPolicy {
  /// `active` becomes false: the target locks the account and ends its sessions.
  DEACTIVATE,
  /// The account is deleted.
  DELETE
}
