package dev.tenure.source.ldap;

import java.util.List;

/// A group: its DN in normalised form, its name, and the groups that it says itself to be in, by
/// the same form, where that is asked.
record Group(String dn, String name, List<String> memberOf) {
  Group {
    memberOf = List.copyOf(memberOf);
  }
}
