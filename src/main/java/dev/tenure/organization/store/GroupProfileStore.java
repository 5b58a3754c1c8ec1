package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What platform calls say of groups beside their name and members.
public final class GroupProfileStore {
  private static final String GET =
      """
      select g.id, coalesce(p.type, 'official') as type,
        coalesce(p.visibility, 'public') as visibility,
        coalesce(p.rules_visible, true) as rules_visible, p.description,
        (select count(*) from group_member m where m.organization = :organization
          and m.group_id = g.id and m.user_id is not null) as size
      from scim_group g left join group_profile p
        on p.organization = :organization and p.group_id = g.id
      where g.organization = :organization and g.id = any(cast(:ids as uuid[]))\
      """;

  private static final String PUT =
      """
      insert into group_profile as p (organization, group_id, type, visibility, rules_visible,
        description)
      select :organization, g.id, :type, :visibility, :rulesVisible, :description
      from scim_group g where g.organization = :organization and g.id = :id
      on conflict (organization, group_id) do update set type = excluded.type,
        visibility = excluded.visibility, rules_visible = excluded.rules_visible,
        description = excluded.description\
      """;

  private static final String NESTED =
      """
      select count(*) from scim_group where organization = :organization
        and id = any(cast(:ids as uuid[]))\
      """;

  private final Database database;

  public GroupProfileStore(Database database) {
    this.database = database;
  }

  /// `size` is the number of users among its direct members.
  public record Traits(
      String type,
      String visibility,
      boolean rulesVisible,
      @Nullable String description,
      long size) {}

  /// Those of the groups that there are.
  public Map<UUID, Traits> get(OrganizationId organization, List<UUID> groups) {
    var values = Rows.of(organization);
    values.put("ids", groups.toArray(UUID[]::new));
    var all = new HashMap<UUID, Traits>();
    database
        .jdbi()
        .useHandle(h ->
            h.createQuery(GET)
                .bindMap(values)
                .map((row, _) -> all.put(row.getObject("id", UUID.class), traits(row)))
                .list());
    return all;
  }

  public void put(OrganizationId organization, UUID group, Traits traits) {
    var values = Rows.of(organization);
    values.put("id", group);
    values.put("type", traits.type());
    values.put("visibility", traits.visibility());
    values.put("rulesVisible", traits.rulesVisible());
    values.put("description", traits.description());
    database.jdbi().useHandle(h -> h.createUpdate(PUT).bindMap(values).execute());
  }

  /// Whether one of these is a group.
  public boolean hasGroup(OrganizationId organization, List<UUID> ids) {
    var values = Rows.of(organization);
    values.put("ids", ids.toArray(UUID[]::new));
    return database
            .jdbi()
            .withHandle(h -> h.createQuery(NESTED).bindMap(values).mapTo(long.class).one())
        > 0;
  }

  private static Traits traits(ResultSet row) throws SQLException {
    return new Traits(
        row.getString("type"),
        row.getString("visibility"),
        row.getBoolean("rules_visible"),
        row.getString("description"),
        row.getLong("size"));
  }
}
