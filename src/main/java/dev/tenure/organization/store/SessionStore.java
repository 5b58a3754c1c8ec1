package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.signal.EventType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sessions of users in applications.
public final class SessionStore {
  /// The lock on the user makes it wait for a deactivation at the same moment, and then see it.
  private static final String REGISTER =
      """
      with holder as (select u.id, u.session_round, u.document ->> 'userName' as user_name
        from scim_user u
        where u.organization = :organization and u.active and u.id = :user for share)
      insert into session
        (organization, id, user_id, round, token_hash, application, started_at, expires_at)
      select :organization, :id, holder.id, holder.session_round, :hash, :application, :now,
        :expires
      from holder\
      """;

  private static final String LIVE =
      """
      select s.id, s.user_id, u.document ->> 'userName' as user_name, s.application,
        s.started_at, s.expires_at
      from session s join scim_user u on u.organization = :organization and u.id = s.user_id
        and u.active and u.session_round = s.round
      where s.organization = :organization and s.ended_at is null and s.expires_at > :now
      """;

  private static final String BY_TOKEN = LIVE + "and s.token_hash = :hash";

  private static final String OF_USER = LIVE + "and s.user_id = :user order by s.started_at, s.id";

  private static final Telling.Statement REVOKE =
      Telling.Statement.of(
          """
          with done as (update session set ended_at = :now, ended_by = 'revocation'
            where organization = :organization and ended_at is null
              and (id = cast(:id as uuid) or user_id = cast(:user as uuid)) and @unheard
            returning cast(id as text) as id, user_id)
          """,
          """
          , told as (select 'Users' as resource, u.id, cast(null as bigint) as version,
            u.external_id,
            u.email_keys as keys, cast(:id as uuid) as session, cast(null as text) as document,
            cast(null as text[]) as attributes, cast(null as uuid[]) as joined,
            cast(null as uuid[]) as parted, cast(:events as text[]) as events
            from (select distinct user_id from done) as ended
            join scim_user u on u.organization = :organization and u.id = ended.user_id),
          """,
          Rows.AUDIT + "jsonb_build_object('user', done.user_id) from done");

  private final Database database;
  private final Telling telling = new Telling();

  public SessionStore(Database database) {
    this.database = database;
  }

  /// A live session.
  public record SessionRow(
      UUID id, UUID user, String userName, String application, Instant started, Instant expires) {}

  /// What a session is made of.
  @SuppressWarnings("ArrayRecordComponent") // bound as bytea, never compared
  public record Start(
      UUID id, UUID user, byte[] hash, String application, Instant now, Instant expires) {}

  /// False where there is no active user of this id.
  public boolean register(OrganizationId organization, Start start) {
    var values = Rows.of(organization);
    values.put("id", start.id());
    values.put("user", start.user());
    values.put("hash", start.hash());
    values.put("application", start.application());
    values.put("now", start.now());
    values.put("expires", start.expires());
    return database
            .jdbi()
            .withHandle(handle -> handle.createUpdate(REGISTER).bindMap(values).execute())
        == 1;
  }

  public Optional<SessionRow> byToken(OrganizationId organization, byte[] hash, Instant now) {
    var values = Rows.of(organization);
    values.put("hash", hash);
    values.put("now", now);
    return read(BY_TOKEN, values).stream().findFirst();
  }

  public List<SessionRow> ofUser(OrganizationId organization, UUID user, Instant now) {
    var values = Rows.of(organization);
    values.put("user", user);
    values.put("now", now);
    return read(OF_USER, values);
  }

  /// Ends one session; how many were live.
  public int revoke(OrganizationId organization, UUID session, Instant now) {
    return end(organization, Map.of("id", session), now);
  }

  /// Ends all sessions of a user; how many were live.
  public int revokeAll(OrganizationId organization, UUID user, Instant now) {
    return end(organization, Map.of("user", user), now);
  }

  private int end(OrganizationId organization, Map<String, UUID> which, Instant now) {
    var values = Rows.audited(organization, now, "session.revoked", "");
    values.put("id", which.get("id"));
    values.put("user", which.get("user"));
    values.put("events", SignalSql.uris(List.of(EventType.SESSION_REVOKED)));
    return telling.run(
        values,
        REVOKE,
        sql ->
            database
                .jdbi()
                .withHandle(handle -> handle.createUpdate(sql).bindMap(values).execute()),
        rows -> rows == 0);
  }

  private List<SessionRow> read(String statement, Map<String, @Nullable Object> values) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery(statement).bindMap(values).map((row, _) -> session(row)).list());
  }

  private static SessionRow session(ResultSet row) throws SQLException {
    return new SessionRow(
        row.getObject("id", UUID.class),
        row.getObject("user_id", UUID.class),
        row.getString("user_name"),
        row.getString("application"),
        Rows.instant(row, "started_at"),
        Rows.instant(row, "expires_at"));
  }
}
