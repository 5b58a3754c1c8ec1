package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed.Event;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.Feed.Known;
import dev.tenure.source.ldap.LdapConfig.Search;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The changes of an Active Directory, in one session.
final class AdFeed {
  /// Who expires is not told by the directory, and to look for them costs as much as the directory
  /// is large.
  private static final Duration EXPIRIES_EVERY = Duration.ofMinutes(10);

  /// The server understood and will not: a cookie of another domain, a right that was taken away.
  private static final Set<ResultCode> REFUSED =
      Set.of(
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          ResultCode.UNWILLING_TO_PERFORM,
          ResultCode.PROTOCOL_ERROR,
          ResultCode.OPERATIONS_ERROR,
          ResultCode.INVALID_ATTRIBUTE_SYNTAX,
          ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);

  private final LdapSession session;
  private final InstantSource clock;

  AdFeed(LdapSession session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
  }

  /// The place now by DirSync: with the right to see all changes, else with what the login sees.
  Optional<LdapCursor> dirSyncNow() throws LDAPException {
    for (boolean all : new boolean[] {true, false}) {
      try {
        var cookie = new DirSync(session).now(all);
        return Optional.of(new LdapCursor.DirSync(all, clock.instant(), cookie));
      } catch (LDAPException e) {
        if (!REFUSED.contains(e.getResultCode())) throw e;
      }
    }
    return Optional.empty();
  }

  Optional<LdapCursor> usnNow() throws LDAPException {
    var usn = session.root().usn();
    return new UsnChanges(session)
        .invocation()
        .map(id -> new LdapCursor.Usn(id, clock.instant(), usn));
  }

  FeedOutcome since(LdapCursor.DirSync cursor, Known known, Consumer<Event> events)
      throws LDAPException {
    DirSync.Round round;
    try {
      round = new DirSync(session).since(cursor.cookie(), cursor.all(), LdapFeed.CHANGES_MAX);
    } catch (LDAPException e) {
      if (!REFUSED.contains(e.getResultCode())) throw e;
      return new FeedOutcome.Expired(LdapProblems.refusedPlace(e));
    }
    var people = new PeopleNow(session, events);
    var reason = tell(round.touched(), known, people);
    if (reason.isPresent()) return new FeedOutcome.Expired(reason.get());
    var next =
        new LdapCursor.DirSync(cursor.all(), expired(cursor.expiries(), people), round.cookie());
    return new FeedOutcome.Read(next.written(), findings(people, cursor.all()));
  }

  FeedOutcome since(LdapCursor.Usn cursor, Known known, Consumer<Event> events)
      throws LDAPException {
    var changes = new UsnChanges(session);
    var usn = session.root().usn();
    var here = changes.invocation();
    if (!here.equals(Optional.of(cursor.invocation())) || usn < cursor.usn()) {
      return new FeedOutcome.Expired(LdapProblems.otherServer());
    }
    var people = new PeopleNow(session, events);
    var reason = tell(changes.since(cursor.usn()), known, people);
    if (reason.isPresent()) return new FeedOutcome.Expired(reason.get());
    var expiries = expired(cursor.expiries(), people);
    var next = new LdapCursor.Usn(cursor.invocation(), expiries, usn);
    return new FeedOutcome.Read(next.written(), findings(people, false));
  }

  private Optional<Problem> tell(List<Touched> touched, Known known, PeopleNow people)
      throws LDAPException {
    if (touched.size() > LdapFeed.CHANGES_MAX) return Optional.of(LdapProblems.tooMany());
    return new AdChanges(session, known, people).tell(touched);
  }

  /// Tells those whose account expired since that time; gives the time up to which that was done.
  private Instant expired(Instant since, PeopleNow people) throws LDAPException {
    var now = clock.instant();
    if (now.isBefore(since.plus(EXPIRIES_EVERY)) || !session.disablement().byTime()) return since;
    var filter =
        "(&%s(accountExpires>=%d)(accountExpires<=%d))"
            .formatted(
                session.terms().people().filter(),
                Disablement.ticks(since),
                Disablement.ticks(now));
    var found = new ArrayList<Entry>();
    new LdapPages(session.connection(), session.pageSize())
        .each(
            new Search(session.terms().people().base(), filter),
            session.reader().asked(),
            found::add);
    for (var entry : found) people.tell(entry);
    return now;
  }

  private List<Problem> findings(PeopleNow people, boolean all) throws LDAPException {
    var findings = new ArrayList<>(people.findings());
    if (!all && !seesDeleted()) findings.add(deletedUnseen());
    return findings;
  }

  /// Whether the login sees tombstones: any will do.
  private boolean seesDeleted() throws LDAPException {
    var request =
        new SearchRequest(
            "CN=Deleted Objects," + session.context(), SearchScope.ONE, "(isDeleted=TRUE)", "1.1");
    request.setSizeLimit(1);
    request.addControl(new Control(RootDse.SHOW_DELETED, true));
    try {
      return session.connection().search(request).getEntryCount() > 0;
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) return true;
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) return false;
      throw e;
    }
  }

  private static Problem deletedUnseen() {
    return new Problem(
        Code.SOURCE_REFUSED,
        "this login sees no deleted objects: who is deleted leaves with the next full read",
        Map.of(),
        "grant it 'Replicating Directory Changes' on the domain");
  }
}
