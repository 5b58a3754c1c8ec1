package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Pages of users and groups, in the order of their ids, which is that of their creation.
public final class SearchStore {
  /// The total, and the page beside it where it has rows.
  private static final String USERS = page("scim_user", UserStore.COLUMNS);

  private static final String GROUPS = page("scim_group", GroupStore.COLUMNS);

  private static final String RESOURCES = page("scim_resource", ResourceStore.COLUMNS);

  private static final String WHERE = "/* where */";
  private final Database database;

  public SearchStore(Database database) {
    this.database = database;
  }

  /// Some of all that match; `total` counts all. `offset` counts from 0.
  public record Page(long total, List<StoredResource> resources) {}

  /// What is asked for. `members` matters for groups only.
  public record Search(
      FilterSql.Condition condition, String base, boolean members, int offset, int count) {}

  public Page users(OrganizationId organization, Search search) {
    return read(organization, search, USERS);
  }

  public Page groups(OrganizationId organization, Search search) {
    return read(organization, search, GROUPS);
  }

  /// Resources of one type that the organization declares itself: the condition says which.
  public Page resources(OrganizationId organization, Search search) {
    return read(organization, search, RESOURCES);
  }

  private Page read(OrganizationId organization, Search search, String statement) {
    var values = Rows.of(organization);
    values.putAll(search.condition().values());
    values.put("base", search.base());
    values.put("members", search.members());
    values.put("offset", search.offset());
    values.put("count", search.count());
    var total = new AtomicLong();
    var resources = new ArrayList<StoredResource>();
    database
        .jdbi()
        .useHandle(handle ->
            handle
                .createQuery(statement.replace(WHERE, search.condition().sql()))
                .bindMap(values)
                .map((row, _) -> {
                  total.set(row.getLong("total"));
                  return row.getString("id") == null || resources.add(Rows.resource(row));
                })
                .list());
    return new Page(total.get(), resources);
  }

  private static String page(String table, String columns) {
    return """
    select all_matches.total, page.* from
      (select count(*) as total from TABLE u where u.organization = :organization and WHERE)
        as all_matches
      left join (select COLUMNS from TABLE u
        where u.organization = :organization and u.id in (
          select u.id from TABLE u where u.organization = :organization and WHERE
          order by u.id limit :count offset :offset)) as page on true
    order by page.id\
    """
        .replace("TABLE", table)
        .replace("COLUMNS", columns)
        .replace("WHERE", "/* where */");
  }
}
