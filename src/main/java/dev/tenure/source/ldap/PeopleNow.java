package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Tells people as they are now, each once.
final class PeopleNow {
  /// With more people than these, reading all groups is cheaper than climbing from each.
  private static final int CLIMBS_MAX = 500;

  private final LdapSession session;
  private final Consumer<Event> events;
  private final Set<PersonKey> told = new HashSet<>();
  private final List<Problem> findings = new ArrayList<>();
  private GroupTree groups;
  private boolean isWhole;

  PeopleNow(LdapSession session, Consumer<Event> events) throws LDAPException {
    this.session = session;
    this.events = events;
    this.groups = GroupClimb.tree(session.connection(), session.terms());
  }

  /// Tells who this is.
  void tell(Entry given) throws LDAPException {
    var entry = new Ranges(session.connection()).whole(given);
    var key = session.reader().key(entry);
    if (key.isEmpty()) findings.add(keyless(entry.getDN()));
    else if (told.add(key.get())) {
      events.accept(new Event.Changed(session.reader().person(key.get(), entry, groups())));
    }
  }

  void gone(PersonKey key) {
    if (told.add(key)) events.accept(new Event.Gone(key));
  }

  boolean hasTold(PersonKey key) {
    return told.contains(key);
  }

  List<Problem> findings() {
    return findings;
  }

  private GroupTree groups() throws LDAPException {
    if (isWhole || told.size() <= CLIMBS_MAX || session.terms().groups().isEmpty()) return groups;
    isWhole = true;
    var reader = new GroupReader(session.connection(), session.terms(), new GroupMemory());
    groups = reader.read(session.pageSize());
    return groups;
  }

  private Problem keyless(String dn) {
    return new Problem(
        Code.SOURCE_ROW,
        "a record has no usable key and was left out",
        Map.of("record", dn, "key", session.terms().key()),
        "give the record a value in '" + session.terms().key() + "'");
  }
}
