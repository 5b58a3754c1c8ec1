package dev.tenure.organization.store;

import dev.tenure.id.Correlation;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.RoleGrant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the statements of this package have in common.
final class Rows {
  /// The end of a statement with a CTE `done(id)`: one audit row for each row of it.
  static final String AUDIT =
      """
      insert into audit_entry (log, at, actor, action, subject, person, correlation, detail)
      select 'organization/' || cast(:organization as text), :now, cast(:actor as text),
        cast(:action as text), done.id, cast(:person as text), cast(:correlation as text),
      """;

  private Rows() {}

  static Map<String, @Nullable Object> of(OrganizationId organization) {
    var values = new HashMap<String, @Nullable Object>();
    values.put("organization", organization.value());
    return values;
  }

  /// With who acts, for the audit row.
  static Map<String, @Nullable Object> audited(
      OrganizationId organization, Instant now, String action, String person) {
    var values = of(organization);
    var correlation = Correlation.current();
    values.put("now", now);
    values.put("action", action);
    values.put("person", person);
    values.put("actor", correlation.actor());
    values.put("correlation", correlation.id());
    return values;
  }

  static StoredResource resource(ResultSet row) throws SQLException {
    var related = row.getString("related");
    return resource(row, related == null ? "" : related);
  }

  static StoredResource resource(ResultSet row, String related) throws SQLException {
    return new StoredResource(
        row.getObject("id", UUID.class),
        row.getLong("version"),
        instant(row, "created"),
        instant(row, "modified"),
        row.getString("document"),
        related);
  }

  static String[] roles(List<RoleGrant> grants) {
    return grants.stream().map(RoleGrant::role).toArray(String[]::new);
  }

  static String[] divisions(List<RoleGrant> grants) {
    return grants.stream().map(RoleGrant::division).toArray(String[]::new);
  }

  /// The texts of an array; none where it is null.
  static List<String> texts(ResultSet row, String column) throws SQLException {
    var array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
