package dev.tenure.audit.store;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.json.JsonMapper;

/// The log of organizations and flows.
public final class PostgresAuditLog implements AuditLog {
  /// A name that ends with the separator stands for all that start with it. Times outside of what
  /// PostgreSQL knows are bound as absent.
  private static final String SEARCH =
      """
      select log, id, at, actor, action, subject, person, correlation, detail
      from audit_entry
      where (:log = '' or log = :log or :log like '%/' and starts_with(log, :log))
        and (:person::text is null or person = :person::text or subject = :person::text)
        and (:actor::text is null or actor = :actor::text)
        and (:action::text is null or action = :action::text
          or :action::text like '%.' and starts_with(action, :action::text))
        and (:correlation::text is null or correlation = :correlation::text)
        and (:from::timestamptz is null or at >= :from::timestamptz)
        and (:to::timestamptz is null or at < :to::timestamptz)
      order by at desc, log, id desc
      limit :count\
      """;

  private final Jdbi jdbi;

  public PostgresAuditLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<AuditEntry> search(Search search) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(SEARCH)
            .bind("log", search.log())
            .bind("person", search.person().orElse(null))
            .bind("actor", search.actor().orElse(null))
            .bind("action", search.action().orElse(null))
            .bind("correlation", search.correlation().orElse(null))
            .bind("from", search.from().map(Instant::toString).orElse(null))
            .bind("to", search.to().map(Instant::toString).orElse(null))
            .bind("count", Math.clamp(search.countMax(), 0, ENTRIES_MAX))
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
        row.getString("subject"),
        Optional.ofNullable(row.getString("person")),
        row.getString("correlation"),
        JsonMapper.shared().readTree(row.getString("detail")));
  }
}
