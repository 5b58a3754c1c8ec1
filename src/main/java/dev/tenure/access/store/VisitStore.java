package dev.tenure.access.store;

import dev.tenure.database.Database;
import java.time.Instant;
import java.util.Optional;

/// Sessions of users of the console.
public final class VisitStore {
  private static final String BEGIN =
      """
      insert into console_session (hash, name, begun_at, seen_at, remote, agent)
      values (:hash, :name, cast(:now as timestamptz), cast(:now as timestamptz), :remote, :agent)\
      """;

  private static final String FIND =
      """
      select s.name, s.begun_at, s.seen_at, u.role, u.temporary
      from console_session s join console_user u on u.name = s.name where s.hash = :hash\
      """;

  private static final String SEEN =
      "update console_session set seen_at = cast(:now as timestamptz) where hash = :hash";

  private static final String END = "delete from console_session where hash = :hash";

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
  public record NewVisit(byte[] hash, String name, String remote, String agent) {}

  /// A session and whose it is.
  public record Row(String name, Instant begunAt, Instant seenAt, String role, boolean temporary) {}

  public void begin(NewVisit visit, Instant now) {
    database
        .jdbi()
        .useHandle(h ->
            h.createUpdate(BEGIN)
                .bind("hash", visit.hash())
                .bind("name", visit.name())
                .bind("remote", visit.remote())
                .bind("agent", visit.agent())
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
                        row.getBoolean("temporary")))
                .findOne());
  }

  public void seen(byte[] hash, Instant now) {
    database
        .jdbi()
        .useHandle(h -> h.createUpdate(SEEN).bind("hash", hash).bind("now", now).execute());
  }

  public void end(byte[] hash) {
    database.jdbi().useHandle(h -> h.createUpdate(END).bind("hash", hash).execute());
  }

  /// Removes those that began, or were last seen, before.
  public void tidy(Instant begun, Instant seen) {
    database
        .jdbi()
        .useHandle(h -> h.createUpdate(TIDY).bind("begun", begun).bind("seen", seen).execute());
  }
}
