package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.Claims.Claim;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Claims the unique values of resources that were stored before their attribute was unique.
public final class StoredClaims {
  private static final int PAGE = 500;
  private static final UUID FIRST = new UUID(0, 0);

  static final String PAGES =
      """
      select u.id, u.version, cast(u.document as text) as document from TABLE u
      where u.organization = :organization and OF_TYPE and u.id > :after
      order by u.id limit :count\
      """;

  private static final String CLAIMED =
      """
      unnest(cast(:claimAttributes as text[]), cast(:claimKeys as text[]), cast(:ids as uuid[]),
        cast(:versions as bigint[])) as c(attribute, key, id, version)\
      """;

  /// Who changed meanwhile has claimed its values itself.
  static final String CLAIM =
      """
      insert into unique_value (organization, attribute, value_key, COLUMNS)
      select :organization, c.attribute, c.key, VALUES from CLAIMED
        join TABLE u on u.organization = :organization and OF_TYPE and u.id = c.id
          and u.version = c.version
      order by c.id
      for share of u
      on conflict do nothing\
      """;

  static final String LOST =
      """
      select c.attribute, c.id from CLAIMED
        join unique_value v on v.organization = :organization and v.attribute = c.attribute
          and v.value_key = c.key
      where coalesce(v.user_id, v.group_id, v.resource_id) <> c.id\
      """;

  private static final String RELEASE =
      """
      delete from unique_value
      where organization = :organization and attribute = any(cast(:attributes as text[]))\
      """;

  private final Database database;

  public StoredClaims(Database database) {
    this.database = database;
  }

  /// Which resources: those of this type, in its table.
  public record Shelf(OrganizationId organization, Table table, String type) {}

  /// A resource as stored.
  public record Stored(UUID id, long version, String document) {}

  /// What a resource claims.
  public record Holding(Stored resource, Claim claim) {}

  /// A value that another one has already.
  public record Lost(String attribute, UUID resource) {}

  /// Forgets who has which values of these attributes.
  public void release(OrganizationId organization, Collection<String> attributes) {
    var values = Rows.of(organization);
    values.put("attributes", attributes.toArray(String[]::new));
    database.jdbi().useHandle(handle -> handle.createUpdate(RELEASE).bindMap(values).execute());
  }

  /// The resources that follow this one in the order of their ids, or the first; none after the
  /// last.
  public List<Stored> after(Shelf shelf, @Nullable Stored last) {
    var values = values(shelf);
    values.put("after", last == null ? FIRST : last.id());
    values.put("count", PAGE);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(filled(PAGES, shelf.table()))
                .bindMap(values)
                .map((row, _) ->
                    new Stored(
                        row.getObject("id", UUID.class),
                        row.getLong("version"),
                        row.getString("document")))
                .list());
  }

  /// Claims these values where nobody has them; gives those that another resource has.
  public List<Lost> claim(Shelf shelf, List<Holding> holdings) {
    var values = values(shelf);
    UniqueStore.put(values, new Claims(true, holdings.stream().map(Holding::claim).toList()));
    values.put("ids", holdings.stream().map(h -> h.resource().id()).toArray(UUID[]::new));
    values.put("versions", holdings.stream().map(h -> h.resource().version()).toArray(Long[]::new));
    return database
        .jdbi()
        .inTransaction(handle -> {
          handle.createUpdate(filled(CLAIM, shelf.table())).bindMap(values).execute();
          return handle
              .createQuery(filled(LOST, shelf.table()))
              .bindMap(values)
              .map(
                  (row, _) -> new Lost(row.getString("attribute"), row.getObject("id", UUID.class)))
              .list();
        });
  }

  private static Map<String, @Nullable Object> values(Shelf shelf) {
    var values = Rows.of(shelf.organization());
    values.put("type", shelf.type());
    return values;
  }

  static String filled(String statement, Table table) {
    var own = table == Table.RESOURCES;
    var holder = table == Table.USERS ? "user_id" : "group_id";
    return statement
        .replace("COLUMNS", own ? "type, resource_id" : holder)
        .replace("VALUES", own ? ":type, c.id" : "c.id")
        .replace("OF_TYPE", own ? "u.type = :type" : "true")
        .replace("CLAIMED", CLAIMED)
        .replace(
            "TABLE",
            switch (table) {
              case USERS -> "scim_user";
              case GROUPS -> "scim_group";
              case RESOURCES -> "scim_resource";
            });
  }
}
