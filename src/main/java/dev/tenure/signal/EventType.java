package dev.tenure.signal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The events that are told, by the names of CAEP 1.0, RISC 1.0, RFC 9967 §2.4 and SSF 1.0 §8.
public enum EventType {
  SESSION_REVOKED(Family.CAEP, "session-revoked", true),
  ACCOUNT_DISABLED(Family.RISC, "account-disabled", true),
  ACCOUNT_ENABLED(Family.RISC, "account-enabled", false),
  ACCOUNT_PURGED(Family.RISC, "account-purged", true),
  CREATE_NOTICE(Family.SCIM, "create:notice", false),
  CREATE_FULL(Family.SCIM, "create:full", false),
  PATCH_NOTICE(Family.SCIM, "patch:notice", false),
  PATCH_FULL(Family.SCIM, "patch:full", false),
  PUT_NOTICE(Family.SCIM, "put:notice", false),
  PUT_FULL(Family.SCIM, "put:full", false),
  ACTIVATE(Family.SCIM, "activate", false),
  DEACTIVATE(Family.SCIM, "deactivate", true),
  DELETE(Family.SCIM, "delete", true),
  VERIFICATION(Family.SSF, "verification", false),
  STREAM_UPDATED(Family.SSF, "stream-updated", false);

  /// The specification that an event belongs to, which decides how its subject is written.
  public enum Family {
    CAEP("https://schemas.openid.net/secevent/caep/event-type/"),
    RISC("https://schemas.openid.net/secevent/risc/event-type/"),
    SCIM("urn:ietf:params:scim:event:prov:"),
    SSF("https://schemas.openid.net/secevent/ssf/event-type/");

    private final String prefix;

    Family(String prefix) {
      this.prefix = prefix;
    }
  }

  private final Family family;
  private final String uri;
  private final boolean urgent;

  EventType(Family family, String name, boolean urgent) {
    this.family = family;
    this.uri = family.prefix + name;
    this.urgent = urgent;
  }

  public Family family() {
    return family;
  }

  public String uri() {
    return uri;
  }

  /// Somebody lost access: such events overtake those of other subjects.
  public boolean isUrgent() {
    return urgent;
  }

  /// Whether the event carries the data themselves: it is told only to who asks for it by name.
  public boolean isFull() {
    return uri.endsWith(":full");
  }

  /// The type of this URI.
  public static Optional<EventType> of(String uri) {
    return Arrays.stream(values()).filter(type -> type.uri.equals(uri)).findFirst();
  }

  /// What a receiver may ask for.
  public static List<EventType> offered() {
    return Arrays.stream(values()).filter(type -> type.family != Family.SSF).toList();
  }

  /// What a receiver gets that asks for nothing in particular.
  public static List<EventType> usual() {
    return offered().stream().filter(type -> !type.isFull()).toList();
  }
}
