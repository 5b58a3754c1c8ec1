package dev.tenure.organization;

import static dev.tenure.signal.EventType.ACCOUNT_DISABLED;
import static dev.tenure.signal.EventType.ACCOUNT_ENABLED;
import static dev.tenure.signal.EventType.ACCOUNT_PURGED;
import static dev.tenure.signal.EventType.ACTIVATE;
import static dev.tenure.signal.EventType.DEACTIVATE;
import static dev.tenure.signal.EventType.DELETE;
import static dev.tenure.signal.EventType.PATCH_FULL;
import static dev.tenure.signal.EventType.PATCH_NOTICE;
import static dev.tenure.signal.EventType.PUT_FULL;
import static dev.tenure.signal.EventType.PUT_NOTICE;
import static dev.tenure.signal.EventType.SESSION_REVOKED;

import dev.tenure.signal.EventType;
import java.util.List;
import java.util.stream.Stream;

/// What receivers of signals are told of a change to a user, in this order: who loses access is
/// told first.
final class Told {
  private static final List<EventType> DEACTIVATED =
      List.of(SESSION_REVOKED, ACCOUNT_DISABLED, DEACTIVATE);
  private static final List<EventType> ACTIVATED = List.of(ACCOUNT_ENABLED, ACTIVATE);

  static final List<EventType> DELETED = List.of(SESSION_REVOKED, ACCOUNT_PURGED, DELETE);

  /// Where deactivation means deletion: a receiver may know only one of the two.
  static final List<EventType> DEACTIVATED_AND_DELETED =
      Stream.concat(DEACTIVATED.stream(), Stream.of(ACCOUNT_PURGED, DELETE)).toList();

  private Told() {}

  /// `whole`: by a PUT.
  static List<EventType> changed(boolean whole, boolean before, boolean after) {
    var change = whole ? List.of(PUT_NOTICE, PUT_FULL) : List.of(PATCH_NOTICE, PATCH_FULL);
    if (before == after) return change;
    return Stream.concat((after ? ACTIVATED : DEACTIVATED).stream(), change.stream()).toList();
  }
}
