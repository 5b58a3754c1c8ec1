package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed.Known;
import dev.tenure.source.ldap.LdapConfig.Search;
import dev.tenure.source.ldap.Mention.Listed;
import dev.tenure.source.ldap.Mention.Uid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Tells whom the content of a refresh concerns. A group is told as it is now: who is in it is
/// compared with who was.
final class SyncChanges {
  private final LdapSession session;
  private final Known known;
  private final PeopleNow people;
  private final GroupMemory memory;
  private final Lookup lookup;
  private final Set<PersonKey> concerned = new HashSet<>();

  SyncChanges(LdapSession session, Known known, PeopleNow people, GroupMemory memory) {
    this.session = session;
    this.known = known;
    this.people = people;
    this.memory = memory;
    this.lookup = new Lookup(session.connection());
  }

  /// Tells the people of this content. Gives the reason where only a snapshot can tell who has
  /// gone.
  Optional<Problem> people(SyncRefresh.Content content, Optional<SyncRefresh.Content> groups)
      throws LDAPException {
    if (content.present().isPresent()) {
      var reason = absent(content, content.present().get());
      if (reason.isPresent()) return reason;
    }
    for (var entry : content.changed().values()) people.tell(entry);
    var deleted = new HashSet<>(content.deleted());
    groups.ifPresent(g -> deleted.removeAll(g.changed().keySet()));
    deleted.removeIf(id -> memory.find(id.toString()).isPresent());
    return byUuid() ? gone(deleted) : goneByKey(deleted);
  }

  private boolean byUuid() {
    return session.terms().key().equalsIgnoreCase(LdapTerms.UUID);
  }

  private Optional<Problem> absent(SyncRefresh.Content content, Set<UUID> present) {
    if (!byUuid()) return unknowable("somebody may be gone");
    var left = new HashSet<>(present);
    left.addAll(content.changed().keySet());
    // Nobody at all is more likely to be a directory that shows nothing than one without people.
    if (left.isEmpty()) return Optional.of(LdapProblems.nobodyLeft(session.terms().people()));
    for (var key : known.everybody()) if (isMissing(key, left)) people.gone(key);
    return Optional.empty();
  }

  private static boolean isMissing(PersonKey key, Set<UUID> left) {
    try {
      return !left.contains(UUID.fromString(key.value()));
    } catch (IllegalArgumentException e) {
      return false; // nobody of this directory
    }
  }

  /// The server names as deleted whatever changed in its database and is not in the search now, so
  /// most of these were never ours.
  private Optional<Problem> gone(Set<UUID> deleted) {
    for (var id : deleted) {
      var key = new PersonKey(id.toString());
      if (known.knows(key)) people.gone(key);
    }
    return Optional.empty();
  }

  private Optional<Problem> goneByKey(Set<UUID> deleted) throws LDAPException {
    var elsewhere = elsewhere(deleted);
    for (var entry : elsewhere.values()) {
      session.reader().key(entry).filter(known::knows).ifPresent(people::gone);
    }
    return elsewhere.size() < deleted.size() ? unknowable("somebody is gone") : Optional.empty();
  }

  private Optional<Problem> unknowable(String what) {
    return Optional.of(LdapProblems.unknowable(what, session.terms().key()));
  }

  /// Those of these entries that are still in the directory.
  private Map<UUID, SearchResultEntry> elsewhere(Set<UUID> ids) throws LDAPException {
    var found = new HashMap<UUID, SearchResultEntry>();
    var filters =
        ids.stream().map(id -> Filter.createEqualityFilter(LdapTerms.UUID, id.toString())).toList();
    var asked = List.of(LdapTerms.UUID, session.terms().key());
    for (var entry : lookup.find(everything(), filters, asked)) {
      found.put(UUID.fromString(entry.getAttributeValue(LdapTerms.UUID)), entry);
    }
    return found;
  }

  private Search everything() {
    return new Search(session.context(), Lookup.ANYTHING);
  }

  /// Tells the people whom the groups of this content concern.
  void groups(SyncRefresh.Content content, LdapTerms.Groups groups) throws LDAPException {
    boolean isTold = !content.changed().isEmpty() || !content.deleted().isEmpty();
    if ((isTold || content.present().isPresent()) && !memory.isFilled()) recall(groups);
    var gone = new HashSet<String>();
    for (var id : content.deleted()) gone.add(id.toString());
    content
        .present()
        .ifPresent(present -> {
          for (var id : memory.ids()) if (!isLeft(id, content, present)) gone.add(id);
        });
    for (var id : gone) {
      memory.find(id).ifPresent(g -> concerned.addAll(known.inGroup(g.name())));
      memory.forget(id);
    }
    for (var entry : content.changed().values()) group(entry, groups);
    tell(concerned);
    for (var entry : content.changed().values()) {
      memory.keep(entry, GroupReader.group(entry, groups));
    }
  }

  /// After a restart nothing is known but names: a group whose name is there no more is gone, or
  /// has another one.
  private void recall(LdapTerms.Groups groups) throws LDAPException {
    var names = new HashSet<String>();
    memory.clear();
    new LdapPages(session.connection(), session.pageSize())
        .each(
            groups.search(),
            List.of(LdapTerms.UUID, groups.name()),
            entry -> {
              var group = GroupReader.group(entry, groups);
              names.add(group.name().toLowerCase(Locale.ROOT));
              memory.keep(entry, group);
            });
    memory.fill();
    for (var name : known.groups()) {
      if (!names.contains(name.toLowerCase(Locale.ROOT))) concerned.addAll(known.inGroup(name));
    }
  }

  private static boolean isLeft(String id, SyncRefresh.Content content, Set<UUID> present) {
    var uuid = UUID.fromString(id);
    return present.contains(uuid) || content.changed().containsKey(uuid);
  }

  private void group(SearchResultEntry given, LdapTerms.Groups groups) throws LDAPException {
    var entry = new Ranges(session.connection()).whole(given);
    var group = GroupReader.group(entry, groups);
    var former = memory.find(String.valueOf(entry.getAttributeValue(LdapTerms.UUID)));
    boolean renamed =
        former.isPresent()
            && !(former.get().name().equals(group.name()) && former.get().dn().equals(group.dn()));
    var before = new HashSet<>(known.inGroup(group.name()));
    former.ifPresent(f -> before.addAll(known.inGroup(f.name())));
    var now = now(mentions(entry, groups), before, groups);
    if (renamed) {
      concerned.addAll(now);
      concerned.addAll(before);
      return;
    }
    for (var key : now) if (!before.contains(key)) concerned.add(key);
    for (var key : before) if (!now.contains(key)) concerned.add(key);
  }

  private static Set<Mention> mentions(Entry entry, LdapTerms.Groups groups) {
    var mentions = new HashSet<Mention>();
    for (var attribute : groups.members()) {
      for (var value : GroupTree.values(entry, attribute)) {
        mentions.add(Mention.listed(attribute, value));
      }
    }
    return mentions;
  }

  /// Who is in a group with these members. Those who were in it are found by their keys, a hundred
  /// at a time, so that only newcomers and inner groups are asked for one by one.
  private Set<PersonKey> now(Set<Mention> members, Set<PersonKey> before, LdapTerms.Groups groups)
      throws LDAPException {
    var now = new HashSet<PersonKey>();
    var left = new HashSet<>(members);
    var asked = List.of(session.terms().key(), "uid");
    for (var entry : lookup.find(session.terms().people(), keys(before), asked)) {
      if (!left.removeAll(mentionsOf(entry)) && !isIn(entry, members)) continue;
      session.reader().key(entry).ifPresent(now::add);
    }
    var uids = new ArrayList<Filter>();
    for (var mention : left) {
      switch (mention) {
        case Listed(var dn) -> newcomer(dn, groups, now);
        case Uid(var uid) -> uids.add(Filter.createEqualityFilter("uid", uid));
        case Mention.Primary _, Mention.Named _ -> {}
      }
    }
    for (var entry : lookup.find(session.terms().people(), uids, asked)) {
      session.reader().key(entry).ifPresent(now::add);
    }
    return now;
  }

  private static boolean isIn(Entry entry, Set<Mention> members) {
    return mentionsOf(entry).stream().anyMatch(members::contains);
  }

  private static Set<Mention> mentionsOf(Entry person) {
    var mentions = new HashSet<Mention>();
    mentions.add(new Listed(Mention.normalised(person.getDN())));
    GroupTree.values(person, "uid").forEach(uid -> mentions.add(new Uid(uid)));
    return mentions;
  }

  private void newcomer(String dn, LdapTerms.Groups groups, Set<PersonKey> now)
      throws LDAPException {
    for (var entry : at(dn, session.terms().people(), List.of(session.terms().key()))) {
      session.reader().key(entry).ifPresent(now::add);
      return;
    }
    for (var entry : at(dn, groups.search(), List.of(groups.name()))) {
      now.addAll(known.inGroup(GroupReader.group(entry, groups).name()));
    }
  }

  private List<SearchResultEntry> at(String dn, Search search, Collection<String> attributes)
      throws LDAPException {
    if (!RootDse.holds(search.base(), dn)) return List.of();
    return Answers.orNone(() ->
        session
            .connection()
            .search(dn, SearchScope.BASE, search.filter(), attributes.toArray(String[]::new)));
  }

  /// Tells these people as they are now. Who no longer matches the search but is still there is no
  /// more for us; who cannot be found at all is not spoken of.
  private void tell(Collection<PersonKey> concerned) throws LDAPException {
    var open = new HashSet<>(concerned);
    open.removeIf(people::hasTold);
    var search = session.terms().people();
    for (var entry : lookup.find(search, keys(open), session.reader().asked())) {
      session.reader().key(entry).ifPresent(open::remove);
      people.tell(entry);
    }
    for (var entry : lookup.find(everything(), keys(open), List.of(session.terms().key()))) {
      session.reader().key(entry).ifPresent(people::gone);
    }
  }

  private List<Filter> keys(Collection<PersonKey> keys) {
    return keys.stream().map(k -> Lookup.key(session.terms().key(), k)).toList();
  }
}
