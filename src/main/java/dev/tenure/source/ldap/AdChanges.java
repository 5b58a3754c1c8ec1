package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed.Known;
import dev.tenure.source.ldap.LdapConfig.Search;
import dev.tenure.source.ldap.Touched.What;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out whom the objects concern that were touched in an Active Directory, and tells them as
/// they are now.
///
/// Of each object is asked: is it one of our people, one of our groups, or something else? People
/// are told. Of a group, those are told who came into or left it, and for a group inside it all who
/// were in that one: who comes into that one or leaves it is told for its own sake. Something else
/// may be a person who is deleted or was moved away, a group likewise, or a container that was
/// moved with all below it.
final class AdChanges {
  private static final String PEOPLE_AND_GROUPS = "(|(objectClass=person)(objectClass=group))";
  private static final String DELETED = "isDeleted";
  private final LdapSession session;
  private final Known known;
  private final PeopleNow people;
  private final Lookup lookup;
  private final Deque<Touched> open = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> members = new LinkedHashSet<>();
  private final Set<PersonKey> keys = new LinkedHashSet<>();
  private Optional<Problem> unknowable = Optional.empty();

  AdChanges(LdapSession session, Known known, PeopleNow people) {
    this.session = session;
    this.known = known;
    this.people = people;
    this.lookup = new Lookup(session.connection());
  }

  /// Gives the reason where only a snapshot can tell what happened.
  Optional<Problem> tell(List<Touched> touched) throws LDAPException {
    open.addAll(merged(touched));
    while (unknowable.isEmpty()) {
      if (!open.isEmpty()) ask(next());
      else if (!members.isEmpty()) askMembers(taken(members));
      else if (!keys.isEmpty()) askKeys(taken(keys));
      else break;
    }
    return unknowable;
  }

  /// One for each object, with everything that was said of it.
  private static Collection<Touched> merged(List<Touched> touched) {
    var merged = new LinkedHashMap<String, Touched>();
    for (var t : touched) {
      merged.merge(
          t.guid(),
          t,
          (one, other) -> {
            var all = new ArrayList<>(one.members());
            all.addAll(other.members());
            var what = one.what().compareTo(other.what()) > 0 ? one.what() : other.what();
            return new Touched(one.guid(), what, all);
          });
    }
    return merged.values();
  }

  private Map<String, Touched> next() {
    var some = new LinkedHashMap<String, Touched>();
    while (!open.isEmpty() && some.size() < Lookup.AT_ONCE) {
      var touched = open.remove();
      if (seen.add(touched.guid())) some.put(touched.guid(), touched);
    }
    return some;
  }

  private static <T> List<T> taken(Set<T> from) {
    var all = List.copyOf(from);
    from.clear();
    return all;
  }

  private void ask(Map<String, Touched> some) throws LDAPException {
    for (var entry : found(session.terms().people(), some, session.reader().asked())) {
      some.remove(guid(entry));
      people.tell(entry);
    }
    if (session.terms().groups().isPresent()) {
      var groups = session.terms().groups().get();
      var asked = List.of(LdapTerms.GUID, groups.name(), "objectSid");
      for (var entry : found(groups.search(), some, asked)) {
        var touched = some.remove(guid(entry));
        if (touched != null) group(entry, touched);
      }
    }
    elsewhere(some);
  }

  private List<SearchResultEntry> found(
      Search search, Map<String, Touched> some, Collection<String> asked, Control... controls)
      throws LDAPException {
    var filters = some.keySet().stream().map(Lookup::guid).toList();
    return lookup.find(search, filters, asked, controls);
  }

  private void group(Entry group, Touched touched) throws LDAPException {
    members.addAll(touched.members());
    if (touched.what() == What.MEMBERS) return;
    var before = known.inGroup(name(group).orElse(group.getDN()));
    var now = membersNow(group);
    boolean renamed = touched.what() == What.NAME;
    for (var member : now.entrySet()) {
      if (renamed || !before.contains(member.getKey())) concern(member.getValue());
    }
    for (var key : before) if (!now.containsKey(key)) keys.add(key);
  }

  /// Who is in this group now, directly, through others or as their primary group, by key, with the
  /// GUID.
  private Map<PersonKey, String> membersNow(Entry group) throws LDAPException {
    var in = new ArrayList<Filter>();
    in.add(
        Filter.createExtensibleMatchFilter(
            "memberOf", "1.2.840.113556.1.4.1941", false, group.getDN()));
    LdapKey.sid(group)
        .ifPresent(sid ->
            in.add(
                Filter.createEqualityFilter(
                    "primaryGroupID", sid.substring(sid.lastIndexOf('-') + 1))));
    var terms = session.terms();
    var filter = "(&" + terms.people().filter() + Filter.createORFilter(in) + ")";
    var now = new HashMap<PersonKey, String>();
    new LdapPages(session.connection(), session.pageSize())
        .each(
            new Search(terms.people().base(), filter),
            List.of(LdapTerms.GUID, terms.key()),
            entry -> session.reader().key(entry).ifPresent(key -> now.put(key, guid(entry))));
    return now;
  }

  private void elsewhere(Map<String, Touched> some) throws LDAPException {
    var asked =
        new ArrayList<>(
            List.of(LdapTerms.GUID, "objectClass", DELETED, "objectSid", session.terms().key()));
    session.terms().groups().ifPresent(g -> asked.add(g.name()));
    var everything = new Search(session.context(), Lookup.ANYTHING);
    var deletedToo = new Control(RootDse.SHOW_DELETED, true);
    for (var entry : found(everything, some, asked, deletedToo)) {
      var touched = some.get(guid(entry));
      if (touched != null) elsewhere(entry, touched);
    }
  }

  private void elsewhere(Entry entry, Touched touched) throws LDAPException {
    boolean moved = touched.what().compareTo(What.NAME) >= 0 && !isDeleted(entry);
    if (is(entry, "group")) {
      members.addAll(touched.members());
      groupElsewhere(entry, touched.what() == What.NAME && moved);
    } else if (is(entry, "person")) {
      if (!is(entry, "computer")) personElsewhere(entry);
    } else if (moved) {
      below(entry);
    }
  }

  private void personElsewhere(Entry entry) {
    var key = session.reader().key(entry);
    if (key.isPresent()) {
      if (known.knows(key.get())) people.gone(key.get());
    } else if (isDeleted(entry)) {
      unknowable =
          Optional.of(LdapProblems.unknowable("somebody was deleted", session.terms().key()));
    }
  }

  private void groupElsewhere(Entry group, boolean moved) throws LDAPException {
    if (moved) membersNow(group).values().forEach(this::concern);
    if (session.terms().groups().isEmpty()) return;
    var attribute = session.terms().groups().get().name();
    var name = name(group);
    if (name.isPresent()) keys.addAll(known.inGroup(name.get()));
    else if (isDeleted(group)) {
      unknowable = Optional.of(LdapProblems.unknowable("a group was deleted", attribute));
    }
  }

  private void below(Entry container) throws LDAPException {
    new LdapPages(session.connection(), session.pageSize())
        .each(
            new Search(container.getDN(), PEOPLE_AND_GROUPS),
            List.of(LdapTerms.GUID),
            entry -> concern(guid(entry)));
  }

  private void askMembers(List<String> dns) throws LDAPException {
    var asked = new ArrayList<>(List.of(LdapTerms.GUID, "objectClass"));
    session.terms().groups().ifPresent(g -> asked.add(g.name()));
    var filters =
        dns.stream().map(dn -> Filter.createEqualityFilter("distinguishedName", dn)).toList();
    var everything = new Search(session.context(), Lookup.ANYTHING);
    for (var entry : lookup.find(everything, filters, asked)) {
      if (is(entry, "group")) name(entry).ifPresent(name -> keys.addAll(known.inGroup(name)));
      else concern(guid(entry));
    }
  }

  private void askKeys(List<PersonKey> some) throws LDAPException {
    var key = session.terms().key();
    if (key.equalsIgnoreCase(LdapTerms.GUID)) {
      some.forEach(k -> concern(k.value()));
      return;
    }
    var filters = some.stream().map(k -> Lookup.key(key, k)).toList();
    var everything = new Search(session.context(), Lookup.ANYTHING);
    for (var entry : lookup.find(everything, filters, List.of(LdapTerms.GUID))) {
      concern(guid(entry));
    }
  }

  private void concern(String guid) {
    if (!guid.isEmpty() && !seen.contains(guid)) open.add(Touched.of(guid));
  }

  /// A tombstone is called `name\nDEL:guid` ([MS-ADTS] 3.1.1.5.5).
  private Optional<String> name(Entry group) {
    return session
        .terms()
        .groups()
        .map(g -> group.getAttributeValue(g.name()))
        .map(name -> name.replaceFirst("(?s)\nDEL:.*$", ""));
  }

  private static String guid(Entry entry) {
    var bytes = entry.getAttributeValueBytes(LdapTerms.GUID);
    return bytes == null ? "" : LdapKey.guid(bytes);
  }

  private static boolean isDeleted(Entry entry) {
    return "TRUE".equalsIgnoreCase(entry.getAttributeValue(DELETED));
  }

  private static boolean is(Entry entry, String objectClass) {
    return GroupTree.values(entry, "objectClass").stream()
        .anyMatch(c -> c.toLowerCase(Locale.ROOT).equals(objectClass));
  }
}
