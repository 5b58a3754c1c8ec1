package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import dev.tenure.source.ldap.LdapConfig.Changes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The changes of a directory, by what it offers: DirSync or the update sequence numbers of Active
/// Directory, or content synchronization (RFC 4533).
final class LdapFeed implements Feed {
  /// When more records changed, reading everybody is quicker, and bounds the memory.
  static final int CHANGES_MAX = 20_000;

  private final LdapConfig config;
  private final Supplier<LdapSession> sessions;
  private final GroupMemory memory;
  private final InstantSource clock;

  LdapFeed(
      LdapConfig config, Supplier<LdapSession> sessions, GroupMemory memory, InstantSource clock) {
    this.config = config;
    this.sessions = sessions;
    this.memory = memory;
    this.clock = clock;
  }

  /// False where the directory answers and has no way to tell its changes.
  boolean speaks() {
    try (var session = sessions.get()) {
      return by(session) != Changes.NONE;
    } catch (Problem.Found e) {
      return true; // it may, when it answers again
    }
  }

  private Changes by(LdapSession session) {
    if (config.changes() != Changes.AUTO) return config.changes();
    var root = session.root();
    if (root.activeDirectory()) {
      return root.controls().contains(RootDse.DIRSYNC) && isInOneContext(session)
          ? Changes.DIRSYNC
          : Changes.USN;
    }
    return root.controls().contains(RootDse.SYNC) ? Changes.SYNCREPL : Changes.NONE;
  }

  private static boolean isInOneContext(LdapSession session) {
    var groups = session.terms().groups();
    return groups.isEmpty() || RootDse.holds(session.context(), groups.get().search().base());
  }

  @Override
  public Optional<Cursor> begin() {
    try (var session = sessions.get()) {
      return begin(session).map(LdapCursor::written);
    } catch (Problem.Found | LDAPException e) {
      return Optional.empty();
    }
  }

  private Optional<LdapCursor> begin(LdapSession session) throws LDAPException {
    var ad = new AdFeed(session, clock);
    return switch (by(session)) {
      case DIRSYNC -> {
        var now = ad.dirSyncNow();
        yield now.isPresent() || config.changes() != Changes.AUTO ? now : ad.usnNow();
      }
      case USN -> ad.usnNow();
      case SYNCREPL -> Optional.of(new SyncFeed(session, memory).now());
      case NONE, AUTO -> Optional.empty();
    };
  }

  @Override
  public FeedOutcome since(Cursor cursor, Known known, Consumer<Event> events) {
    var place = LdapCursor.read(cursor);
    if (place.isEmpty()) return new FeedOutcome.Expired(LdapProblems.forgotten());
    try (var session = sessions.get()) {
      return since(session, place.get(), new Telling(known, events));
    } catch (Problem.Found e) {
      return new FeedOutcome.Failed(e.problems().getFirst());
    }
  }

  private record Telling(Known known, Consumer<Event> events) {}

  private FeedOutcome since(LdapSession session, LdapCursor place, Telling telling) {
    var ad = new AdFeed(session, clock);
    try {
      return switch (place) {
        case LdapCursor.DirSync d -> ad.since(d, telling.known(), telling.events());
        case LdapCursor.Usn u -> ad.since(u, telling.known(), telling.events());
        case LdapCursor.Sync s ->
            new SyncFeed(session, memory).since(s, telling.known(), telling.events());
      };
    } catch (LDAPException e) {
      return new FeedOutcome.Failed(broken(session, e));
    }
  }

  private static Problem broken(LdapSession session, LDAPException e) {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        "reading the changes ended early: " + LdapProblems.said(e),
        Map.of("base", session.terms().people().base()),
        "they are asked for again; if it stays, look into the directory's log");
  }

  @Override
  public void await(Cursor cursor, Duration longest) throws InterruptedException {
    var place = LdapCursor.read(cursor);
    if (place.isPresent()) new LdapWaiting(config, sessions).await(place.get(), longest);
  }
}
