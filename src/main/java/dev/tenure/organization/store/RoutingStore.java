package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The skills and languages by which interactions are routed.
public final class RoutingStore {
  private static final String NAMES =
      """
      select name from routing_name where organization = :organization and kind = :kind
      order by name\
      """;

  private static final String ADD =
      """
      with added as (insert into routing_name (organization, kind, name)
        select :organization, :kind, unnest(cast(:names as text[])) on conflict do nothing
        returning name),
      done as (select name as id from added)
      """
          + Rows.AUDIT
          + "jsonb_build_object('kind', cast(:kind as text)) from done";

  private final Database database;

  public RoutingStore(Database database) {
    this.database = database;
  }

  /// All of this kind, `skill` or `language`, by name.
  static List<String> names(Handle handle, OrganizationId organization, String kind) {
    var values = Rows.of(organization);
    values.put("kind", kind);
    return handle.createQuery(NAMES).bindMap(values).mapTo(String.class).list();
  }

  /// Adds those that there are not; how many these were.
  public int add(OrganizationId organization, String kind, List<String> names, Instant now) {
    var values = Rows.audited(organization, now, "routing.added", "");
    values.put("kind", kind);
    values.put("names", names.toArray(String[]::new));
    return database.jdbi().withHandle(h -> h.createUpdate(ADD).bindMap(values).execute());
  }
}
