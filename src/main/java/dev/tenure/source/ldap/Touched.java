package dev.tenure.source.ldap;

import java.util.List;

/// An object of Active Directory that a change was told of. `members` are the DNs that came into or
/// left a group, where `what` is `MEMBERS` or more is told with them.
record Touched(String guid, What what, List<String> members) {
  /// What is known of the change.
  enum What {
    /// Nothing but the members that are named.
    MEMBERS,
    /// Some attribute.
    ATTRIBUTES,
    /// Its name or place: it may have had another.
    NAME,
    /// Nothing: it may be anything.
    UNKNOWN
  }

  Touched {
    members = List.copyOf(members);
  }

  static Touched of(String guid) {
    return new Touched(guid, What.ATTRIBUTES, List.of());
  }
}
