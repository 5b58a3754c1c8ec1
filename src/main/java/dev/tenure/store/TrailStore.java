package dev.tenure.store;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The audit log of one organization or flow, page by page from the newest to the oldest.
public final class TrailStore {
  private static final String PAGE =
      """
      select log, id, at, actor, action, subject, person, correlation, detail, erased
      from audit_trail
      where log = :log and (at, id) < (cast(:at as timestamptz), :id)
        and (cast(:person as text) is null or person = :person or subject = :person)
        and (cast(:actor as text) is null or actor = :actor)
        and (cast(:action as text) is null or action = :action
          or right(:action, 1) = '.' and starts_with(action, :action))
        and (cast(:correlation as text) is null or correlation = :correlation)
        and (cast(:from as timestamptz) is null or at >= cast(:from as timestamptz))
      order by at desc, id desc limit :count\
      """;

  private static final String END = "select seq, signed_at from audit_chain where log = :log";

  private final Database database;

  public TrailStore(Database database) {
    this.database = database;
  }

  /// Where a page begins: before the entry of this time and id.
  public record Before(Instant at, long id) {}

  /// The entries before that one, newest first.
  public List<AuditEntry> page(Search search, Before before) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(PAGE)
                .bind("log", search.log())
                .bind("at", before.at())
                .bind("id", before.id())
                .bind("person", search.person().orElse(null))
                .bind("actor", search.actor().orElse(null))
                .bind("action", search.action().orElse(null))
                .bind("correlation", search.correlation().orElse(null))
                .bind("from", search.from().map(Instant::toString).orElse(null))
                .bind("count", search.countMax())
                .map((row, _) -> entry(row))
                .list());
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getString("log"),
        row.getLong("id"),
        row.getTimestamp("at").toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getBoolean("erased") ? AuditEntry.ERASED : row.getString("subject"),
        Optional.ofNullable(row.getString("person")),
        row.getString("correlation"),
        JsonMapper.shared().readTree(row.getString("detail")));
  }

  /// How far a log is sealed, and when that was signed.
  public record Sealed(long rows, Optional<Instant> signedAt) {}

  /// Absent before the first row of it is sealed.
  public Optional<Sealed> sealed(String log) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(END)
                .bind("log", log)
                .map((row, _) ->
                    new Sealed(
                        row.getLong("seq"),
                        Optional.ofNullable(row.getTimestamp("signed_at")).map(t -> t.toInstant())))
                .findOne());
  }
}
