package dev.tenure.organization;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a client may touch. `AUTHORIZATION` is needed to grant roles and licences.
public enum Scope {
  USERS,
  GROUPS,
  AUTHORIZATION;

  /// As on the wire: `users`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Scope> named(String wire) {
    return Arrays.stream(values()).filter(s -> s.wire().equals(wire)).findFirst();
  }

  /// All of them, as on the wire.
  public static List<String> all() {
    return Arrays.stream(values()).map(Scope::wire).toList();
  }
}
