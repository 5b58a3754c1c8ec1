package dev.tenure.scim.message;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Whose SCIM a client speaks, as far as it can be told.
public enum Dialect {
  ENTRA("Microsoft Entra ID"),
  OKTA("Okta"),
  PING("PingFederate or PingOne"),
  ONELOGIN("OneLogin"),
  JUMPCLOUD("JumpCloud"),
  STANDARD("as the RFCs have it"),
  UNKNOWN("not recognised");

  private static final Set<Oddity> ENTRAS =
      EnumSet.of(
          Oddity.ENTRA_FLAG,
          Oddity.MICROSOFT_SCHEMA,
          Oddity.UUID_LOOKUP,
          Oddity.OP_IN_CAPITALS,
          Oddity.ROLE_AS_JSON);

  private final String title;

  Dialect(String title) {
    this.title = title;
  }

  /// For people.
  public String title() {
    return title;
  }

  /// Its stable name, such as `entra`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The dialect of a client that calls itself `agent` (its `User-Agent`, may be empty) and has
  /// these oddities. A name that is known decides; else what only one of them does. A guess, for
  /// people: nothing is read differently because of it.
  public static Dialect guess(String agent, Set<Oddity> oddities) {
    var name = agent.toLowerCase(Locale.ROOT);
    if (name.contains("okta")) return OKTA;
    if (name.contains("onelogin")) return ONELOGIN;
    if (name.contains("jumpcloud")) return JUMPCLOUD;
    if (name.contains("pingone") || name.contains("pingfederate")) return PING;
    if (name.contains("azure") || name.contains("microsoft")) return ENTRA;
    if (oddities.stream().anyMatch(ENTRAS::contains)) return ENTRA;
    if (oddities.contains(Oddity.UNREGISTERED_SCHEMAS)) return ONELOGIN;
    if (oddities.contains(Oddity.ID_IN_VALUE)) return OKTA;
    return oddities.isEmpty() ? STANDARD : UNKNOWN;
  }
}
