package dev.tenure.source.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.Feed.Known;
import dev.tenure.source.ldap.LdapConfig.Search;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The changes of a directory with content synchronization (RFC 4533), in one session. People and
/// groups are two searches, each with its cookie.
final class SyncFeed {
  private static final ASN1OctetString NONE = new ASN1OctetString();
  private final LdapSession session;
  private final GroupMemory memory;

  SyncFeed(LdapSession session, GroupMemory memory) {
    this.session = session;
    this.memory = memory;
  }

  /// The place now. With a filter that nothing matches, a cookie costs no entries: OpenLDAP's tell
  /// of the database, not of the search.
  LdapCursor now() throws LDAPException {
    var people = now(session.terms().people());
    var groups = session.terms().groups();
    return new LdapCursor.Sync(people, groups.isEmpty() ? NONE : now(groups.get().search()));
  }

  private ASN1OctetString now(Search search) throws LDAPException {
    var nothing = new Search(search.base(), "(!(objectClass=*))");
    return new SyncRefresh(session.connection()).since(nothing, List.of("1.1"), NONE).cookie();
  }

  FeedOutcome since(LdapCursor.Sync cursor, Known known, Consumer<Event> events)
      throws LDAPException {
    var terms = session.terms();
    var people = refreshed(terms.people(), session.reader().asked(), cursor.people());
    if (people.isEmpty()) return new FeedOutcome.Expired(LdapProblems.forgotten());
    Optional<SyncRefresh.Content> groups = Optional.empty();
    if (terms.groups().isPresent()) {
      var of = terms.groups().get();
      groups = refreshed(of.search(), members(of), cursor.groups());
      if (groups.isEmpty()) return new FeedOutcome.Expired(LdapProblems.forgotten());
    }
    var told = new PeopleNow(session, events);
    var changes = new SyncChanges(session, known, told, memory);
    var reason = tooMany(people.get(), groups.orElse(people.get()));
    if (reason.isEmpty()) reason = changes.people(people.get(), groups);
    if (reason.isPresent()) return new FeedOutcome.Expired(reason.get());
    if (groups.isPresent()) changes.groups(groups.get(), terms.groups().orElseThrow());
    var next =
        new LdapCursor.Sync(
            people.get().cookie(), groups.map(SyncRefresh.Content::cookie).orElse(NONE));
    return new FeedOutcome.Read(next.written(), told.findings());
  }

  private static Optional<Problem> tooMany(SyncRefresh.Content one, SyncRefresh.Content other) {
    int most = Math.max(one.changed().size(), other.changed().size());
    return most > LdapFeed.CHANGES_MAX ? Optional.of(LdapProblems.tooMany()) : Optional.empty();
  }

  /// Empty where the server says that it cannot go on from there.
  private Optional<SyncRefresh.Content> refreshed(
      Search search, Collection<String> attributes, ASN1OctetString cookie) throws LDAPException {
    try {
      return Optional.of(new SyncRefresh(session.connection()).since(search, attributes, cookie));
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.E_SYNC_REFRESH_REQUIRED)) return Optional.empty();
      throw e;
    }
  }

  private Collection<String> members(LdapTerms.Groups groups) {
    var asked = new TreeSet<>(GroupReader.asked(session.terms(), groups));
    asked.addAll(groups.members());
    return asked;
  }
}
