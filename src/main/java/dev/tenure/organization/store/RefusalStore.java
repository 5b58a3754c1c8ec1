package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Audit rows of requests that changed nothing.
public final class RefusalStore {
  private static final String ADD =
      """
      insert into audit_entry (log, at, actor, action, subject, person, correlation, detail)
      values ('organization/' || cast(:organization as text), :now, :actor, :action, :actor,
        nullif(:person, ''), :correlation, cast(:detail as jsonb))\
      """;

  private final Database database;

  public RefusalStore(Database database) {
    this.database = database;
  }

  /// `person` empty: nobody in particular.
  public record RefusalRow(
      OrganizationId organization,
      Instant at,
      String client,
      String action,
      String person,
      String correlation,
      Map<String, Object> detail) {}

  public void add(RefusalRow row) {
    var values = Rows.of(row.organization());
    values.put("now", row.at());
    values.put("actor", row.client());
    values.put("action", row.action());
    values.put("person", row.person());
    values.put("correlation", row.correlation());
    values.put("detail", JsonMapper.shared().writeValueAsString(row.detail()));
    database.jdbi().useHandle(h -> h.createUpdate(ADD).bindMap(values).execute());
  }
}
