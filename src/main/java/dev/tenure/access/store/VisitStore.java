package dev.tenure.access.store;

import dev.tenure.database.Database;
import java.time.Instant;
import java.util.Optional;

/// Sessions of users of the console.
public final class VisitStore {
  private static final String BEGIN =
      """
      insert into console_session
        (hash, name, begun_at, seen_at, remote, agent, provider, role, id_token)
      values (:hash, :name, cast(:now as timestamptz), cast(:now as timestamptz), :remote, :agent,
        :provider, :role, :token)\
      """;

  private static final String FIND =
      """
      select s.name, s.begun_at, s.seen_at, s.provider, coalesce(s.role, u.role) as role,
        coalesce(u.temporary, false) as temporary
      from console_session s
      left join console_user u on u.name = s.name and s.provider is null
      where s.hash = :hash and (s.provider is not null or u.name is not null)\
      """;

  private static final String SEEN =
      "update console_session set seen_at = cast(:now as timestamptz) where hash = :hash";

  private static final String END =
      "delete from console_session where hash = :hash returning id_token";

  private static final String TIDY =
      """
      delete from console_session
      where begun_at < cast(:begun as timestamptz) or seen_at < cast(:seen as timestamptz)\
      """;

  private final Database database;

  public VisitStore(Database database) {
    this.database = database;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record NewVisit(byte[] hash, String name, From from, Optional<External> external) {}

  /// Where a session began.
  public record From(String remote, String agent) {}

  /// Somebody whom a provider vouched for: who has no row of their own. `token` is the ID token.
  public record External(String provider, String role, Optional<String> token) {}

  /// A session and whose it is.
  public record Row(
      String name,
      Instant begunAt,
      Instant seenAt,
      String role,
      boolean temporary,
      Optional<String> provider) {}

  public void begin(NewVisit visit, Instant now) {
    var external = visit.external();
    database
        .jdbi()
        .useHandle(h ->
            h.createUpdate(BEGIN)
                .bind("hash", visit.hash())
                .bind("name", visit.name())
                .bind("remote", visit.from().remote())
                .bind("agent", visit.from().agent())
                .bind("provider", external.map(External::provider).orElse(null))
                .bind("role", external.map(External::role).orElse(null))
                .bind("token", external.flatMap(External::token).orElse(null))
                .bind("now", now)
                .execute());
  }

  public Optional<Row> find(byte[] hash) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(FIND)
                .bind("hash", hash)
                .map((row, _) ->
                    new Row(
                        row.getString("name"),
                        row.getTimestamp("begun_at").toInstant(),
                        row.getTimestamp("seen_at").toInstant(),
                        row.getString("role"),
                        row.getBoolean("temporary"),
                        Optional.ofNullable(row.getString("provider"))))
                .findOne());
  }

  public void seen(byte[] hash, Instant now) {
    database
        .jdbi()
        .useHandle(h -> h.createUpdate(SEEN).bind("hash", hash).bind("now", now).execute());
  }

  /// Gives the ID token that was kept.
  public Optional<String> end(byte[] hash) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(END)
                .bind("hash", hash)
                .map((row, _) -> Optional.ofNullable(row.getString("id_token")))
                .findOne()
                .flatMap(token -> token));
  }

  /// Removes those that began, or were last seen, before.
  public void tidy(Instant begun, Instant seen) {
    database
        .jdbi()
        .useHandle(h -> h.createUpdate(TIDY).bind("begun", begun).bind("seen", seen).execute());
  }
}
