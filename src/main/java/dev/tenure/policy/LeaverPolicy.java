package dev.tenure.policy;

/// What happens to the account of somebody who must not have access any more.
public enum LeaverPolicy {
  /// `active` becomes false: the target locks the account and ends its sessions.
  DEACTIVATE,
  /// The account is deleted.
  DELETE
}
