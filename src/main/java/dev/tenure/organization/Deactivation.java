package dev.tenure.organization;

/// What `active=false` does. Either way all sessions end and all seats are free at once.
public enum Deactivation {
  /// The user stays, and cannot come in.
  LOCK,
  /// The user is deleted.
  DELETE
}
