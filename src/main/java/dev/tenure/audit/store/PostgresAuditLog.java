package dev.tenure.audit.store;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.json.JsonMapper;

/// The log of organizations and flows.
public final class PostgresAuditLog implements AuditLog {
  /// The logs of a kind, or all: the only statement here that looks at more than one.
  private static final String LOGS =
      """
      select log from audit_chain where starts_with(log, :start)
      union select log from audit_entry where starts_with(log, :start)\
      """;

  /// Times outside of what PostgreSQL knows are bound as absent.
  private static final String SEARCH =
      """
      select log, id, at, actor, action, subject, person, correlation, detail, erased
      from audit_trail
      where log = :log
        and (:person::text is null or person = :person::text or subject = :person::text)
        and (:actor::text is null or actor = :actor::text)
        and (:action::text is null or action = :action::text
          or :action::text like '%.' and starts_with(action, :action::text))
        and (:correlation::text is null or correlation = :correlation::text)
        and (:from::timestamptz is null or at >= :from::timestamptz)
        and (:to::timestamptz is null or at < :to::timestamptz)
      order by at desc, id desc
      limit :count\
      """;

  private static final Comparator<AuditEntry> NEWEST_FIRST =
      Comparator.comparing(AuditEntry::at)
          .reversed()
          .thenComparing(AuditEntry::log)
          .thenComparing(Comparator.comparingLong(AuditEntry::id).reversed());

  private final Jdbi jdbi;

  public PostgresAuditLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<AuditEntry> search(Search search) {
    int count = Math.clamp(search.countMax(), 0, ENTRIES_MAX);
    return jdbi.withHandle(handle ->
        logs(handle, search.log()).stream()
            .flatMap(log -> search(handle, log, search).stream())
            .sorted(NEWEST_FIRST)
            .limit(count)
            .toList());
  }

  private static List<String> logs(Handle handle, String name) {
    if (!name.isEmpty() && !name.endsWith("/")) return List.of(name);
    return handle.createQuery(LOGS).bind("start", name).mapTo(String.class).list();
  }

  private static List<AuditEntry> search(Handle handle, String log, Search search) {
    return handle
        .createQuery(SEARCH)
        .bind("log", log)
        .bind("person", search.person().orElse(null))
        .bind("actor", search.actor().orElse(null))
        .bind("action", search.action().orElse(null))
        .bind("correlation", search.correlation().orElse(null))
        .bind("from", search.from().map(Instant::toString).orElse(null))
        .bind("to", search.to().map(Instant::toString).orElse(null))
        .bind("count", Math.clamp(search.countMax(), 0, ENTRIES_MAX))
        .map((row, _) -> entry(row))
        .list();
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
}
