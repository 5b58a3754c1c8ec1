package dev.tenure.access;

import java.util.Locale;
import java.util.Optional;

/// What somebody may do; each role may what those before it may.
public enum Role {
  /// Look at everything.
  VIEWER,
  /// Plan, approve, apply, decide conflicts.
  OPERATOR,
  /// Say who may what.
  ADMINISTRATOR;

  /// Whether this role is enough where `needed` is asked for.
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  /// As on the command line and on the screen.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role of this word.
  public static Optional<Role> named(String word) {
    for (var role : values()) if (role.word().equals(word)) return Optional.of(role);
    return Optional.empty();
  }
}
