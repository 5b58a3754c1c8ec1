package dev.tenure.access.store;

import dev.tenure.access.Access;
import dev.tenure.database.Database;
import dev.tenure.id.Correlation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/// Tokens of the admin API. Each change writes its audit row by the same statement.
public final class TokenStore {
  private static final String ALL =
      """
      select prefix, name, role, hash, made_at, expires_at, seen_at from admin_token
      order by name\
      """;

  private static final String GET =
      """
      select prefix, name, role, hash, made_at, expires_at, seen_at from admin_token
      where prefix = :prefix\
      """;

  private static final String ADD =
      """
      with added as (
        insert into admin_token (prefix, name, role, hash, made_at, expires_at)
        values (:prefix, :name, :role, :hash, cast(:now as timestamptz),
          cast(:expires as timestamptz))
        on conflict do nothing returning name, role, prefix, expires_at)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select cast(:log as text), :actor, 'admin.token.created', name, null, :correlation,
        jsonb_strip_nulls(
          jsonb_build_object('role', role, 'prefix', prefix, 'expires', expires_at))
      from added\
      """;

  private static final String REMOVE =
      """
      with removed as (delete from admin_token where name = :name returning name, prefix)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select cast(:log as text), :actor, 'admin.token.revoked', name, null, :correlation,
        jsonb_build_object('prefix', prefix)
      from removed\
      """;

  private static final String SEEN =
      "update admin_token set seen_at = cast(:now as timestamptz) where prefix = :prefix";

  private static final String REFUSED =
      """
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      values (cast(:log as text), :actor, 'admin.token.refused', :prefix, null, :correlation,
        jsonb_build_object('remote', cast(:remote as text)))\
      """;

  private final Database database;

  public TokenStore(Database database) {
    this.database = database;
  }

  /// A token with its hash, which goes no further than the part `access`.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Row(
      String prefix,
      String name,
      String role,
      byte[] hash,
      Instant madeAt,
      Optional<Instant> expiresAt,
      Optional<Instant> seenAt) {}

  /// What is written of a token.
  public record NewToken(String prefix, String name, String role, Optional<Instant> expiresAt) {}

  /// All tokens, by name.
  public List<Row> all() {
    return database.jdbi().withHandle(h -> h.createQuery(ALL).map((row, _) -> row(row)).list());
  }

  public Optional<Row> get(String prefix) {
    return database
        .jdbi()
        .withHandle(
            h -> h.createQuery(GET).bind("prefix", prefix).map((row, _) -> row(row)).findOne());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("prefix"),
        row.getString("name"),
        row.getString("role"),
        row.getBytes("hash"),
        row.getTimestamp("made_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("expires_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("seen_at")).map(Timestamp::toInstant));
  }

  /// False where there is one of this name.
  public boolean add(NewToken token, byte[] hash, Instant now) {
    return database
        .jdbi()
        .withHandle(h ->
            audited(h.createUpdate(ADD))
                    .bind("prefix", token.prefix())
                    .bind("name", token.name())
                    .bind("role", token.role())
                    .bind("hash", hash)
                    .bind("now", now)
                    .bind("expires", token.expiresAt().orElse(null))
                    .execute()
                > 0);
  }

  /// False where there is none of this name.
  public boolean remove(String name) {
    return database
        .jdbi()
        .withHandle(h -> audited(h.createUpdate(REMOVE)).bind("name", name).execute() > 0);
  }

  public void seen(String prefix, Instant now) {
    database
        .jdbi()
        .useHandle(h -> h.createUpdate(SEEN).bind("prefix", prefix).bind("now", now).execute());
  }

  /// Writes only an audit row.
  public void noteRefused(String prefix, String remote) {
    database
        .jdbi()
        .useHandle(h ->
            audited(h.createUpdate(REFUSED))
                .bind("prefix", prefix)
                .bind("remote", remote)
                .execute());
  }

  private static <S extends SqlStatement<S>> S audited(S statement) {
    var correlation = Correlation.current();
    return statement
        .bind("log", Access.LOG)
        .bind("actor", correlation.actor())
        .bind("correlation", correlation.id());
  }
}
