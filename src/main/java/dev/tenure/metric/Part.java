package dev.tenure.metric;

import java.util.List;
import java.util.Locale;

/// What a request is to: few enough to be a label, however many organizations there are.
public enum Part {
  /// SCIM of an organization.
  SCIM,
  /// The platform calls of the profile `genesys`.
  PLATFORM,
  /// Tokens and sessions.
  OAUTH,
  CONSOLE,
  /// The admin API.
  ADMIN,
  /// Health and metrics.
  OPERATION,
  OTHER;

  /// The part that this path leads to, whether something is there or not.
  public static Part of(List<String> path) {
    if (path.isEmpty()) return OTHER;
    var first = path.getFirst().toLowerCase(Locale.ROOT);
    if (first.equals("console")) return CONSOLE;
    if (first.equals("admin") && path.size() > 1 && path.get(1).equals("v1")) return ADMIN;
    if (first.equals("health") || first.equals("metrics")) return OPERATION;
    if (path.stream().limit(3).anyMatch("scim"::equalsIgnoreCase)) return SCIM;
    if (first.equals("api")) return PLATFORM;
    if (path.stream().limit(2).anyMatch(Part::isOfTokens)) return OAUTH;
    return OTHER;
  }

  private static boolean isOfTokens(String segment) {
    return List.of("oauth", "sessions", "introspect").contains(segment.toLowerCase(Locale.ROOT));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
