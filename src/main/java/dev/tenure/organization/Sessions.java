package dev.tenure.organization;

import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.SessionStore;
import dev.tenure.organization.store.SessionStore.SessionRow;
import dev.tenure.organization.store.SessionStore.Start;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Sessions of users in applications. An inactive user has none: whoever deactivates ends them, and
/// none can begin.
public final class Sessions {
  private final SessionStore store;
  private final Clock clock;
  private final RandomGenerator random;
  private final NewId ids;

  Sessions(Database database, Clock clock, RandomGenerator random) {
    this.store = new SessionStore(database);
    this.clock = clock;
    this.random = random;
    this.ids = new NewId(clock, random);
  }

  /// A live session.
  public record Session(
      UUID id, UUID user, String userName, String application, Instant started, Instant expires) {}

  /// A session that began: its token is told this once.
  public record Begun(UUID id, Secret token, Instant expires) {}

  /// Begins a session; absent where there is no active user of this id.
  public Optional<Begun> register(
      OrganizationId organization, UUID user, String application, Duration life) {
    var token = "tns_" + organization + "_" + Hashes.secret(random);
    var now = clock.instant();
    var start = new Start(ids.next(), user, Hashes.sha256(token), application, now, now.plus(life));
    return store.register(organization, start)
        ? Optional.of(new Begun(start.id(), new Secret(token), start.expires()))
        : Optional.empty();
  }

  /// The live session of this token.
  public Optional<Session> introspect(OrganizationId organization, Secret token) {
    return store
        .byToken(organization, Hashes.sha256(token.reveal()), clock.instant())
        .map(Sessions::session);
  }

  /// The live sessions of a user, the oldest first.
  public List<Session> list(OrganizationId organization, UUID user) {
    return store.ofUser(organization, user, clock.instant()).stream()
        .map(Sessions::session)
        .toList();
  }

  /// Ends a session; false where there is no such live one.
  public boolean revoke(OrganizationId organization, UUID session) {
    return store.revoke(organization, session, clock.instant()) > 0;
  }

  /// Ends all sessions of a user; gives their number.
  public int revokeAll(OrganizationId organization, UUID user) {
    return store.revokeAll(organization, user, clock.instant());
  }

  private static Session session(SessionRow row) {
    return new Session(
        row.id(), row.user(), row.userName(), row.application(), row.started(), row.expires());
  }
}
