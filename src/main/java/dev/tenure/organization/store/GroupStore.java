package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// Groups and their members. A change of members touches only the rows of those members.
public final class GroupStore {
  private static final String MEMBERS =
      """
      case when :members then (select '[' || string_agg('{"value":"' || m.member_id
          || '","$ref":"' || cast(:base as text)
          || case when m.user_id is null then '/Groups/' else '/Users/' end || m.member_id
          || case when m.user_id is null then '","type":"Group"}' else '","type":"User"}' end,
          ',') || ']'
        from group_member m where m.organization = :organization and m.group_id = u.id)
        else '' end as related
      """;

  static final String COLUMNS =
      "u.id, u.version, u.created, u.modified, cast(u.document as text) as document, " + MEMBERS;

  private static final String GET =
      "select "
          + COLUMNS
          + " from scim_group u where u.organization = :organization and u.id = :id";

  private static final String SIZE =
      """
      select count(*) from (select from group_member
        where organization = :organization and group_id = :id limit :most) as counted\
      """;

  private final Database database;
  private final Pools pools;

  public GroupStore(Database database) {
    this.database = database;
    this.pools = new Pools(database);
  }

  /// What is written of a group. Absent document: everything but the members stays as it is.
  public record GroupRow(
      UUID id,
      @Nullable String displayNameKey,
      @Nullable String externalId,
      @Nullable String document) {}

  /// What happens to the members: with `emptied`, only those of `added` remain.
  public record Members(boolean emptied, Set<UUID> added, Set<UUID> removed) {
    public static final Members SAME = new Members(false, Set.of(), Set.of());
  }

  /// What became of an update. `GONE`: there is no such group. `STALE`: it has another version, or
  /// somebody changed at this moment what its members are granted. `CIRCLE`: a member contains the
  /// group itself. `UNKNOWN`: a member does not exist.
  public enum Updated {
    DONE,
    GONE,
    STALE,
    CIRCLE,
    UNKNOWN
  }

  /// How much is read: `base` starts references; without `members` they are left out.
  public record Extent(String base, boolean members) {}

  public Optional<StoredResource> get(OrganizationId organization, UUID id, Extent extent) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("base", extent.base());
    values.put("members", extent.members());
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery(GET).bindMap(values).map((row, _) -> Rows.resource(row)).findOne());
  }

  /// The number of members, counted up to `most`.
  public int size(OrganizationId organization, UUID id, int most) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("most", most);
    return database
        .jdbi()
        .withHandle(handle -> handle.createQuery(SIZE).bindMap(values).mapTo(int.class).one());
  }

  /// Throws [Taken] where a member does not exist.
  public void create(OrganizationId organization, GroupRow group, Set<UUID> members, Instant now) {
    var values = Rows.audited(organization, now, "group.created", "");
    put(values, group, new Members(false, members, Set.of()));
    run(() -> execute(GroupSql.CREATE, values));
  }

  /// Writes document and members in one statement, with the seats that members gain and lose by
  /// what the group carries; nothing is written, and the version stays, where nothing differs.
  /// `version` null: whichever. Throws [Taken] where a member does not exist, [PoolFull] where
  /// there is no seat for one.
  public Updated update(Terms terms, GroupRow group, Members members, Expected expected) {
    var values = Rows.audited(terms.organization(), expected.now(), "group.updated", "");
    put(values, group, members);
    values.put("dearestOnly", terms.dearestOnly());
    values.put("version", expected.version());
    return run(() -> pools.run(terms, handle -> updated(handle, GroupSql.UPDATE, values)));
  }

  private static Updated updated(
      Handle handle, String statement, Map<String, @Nullable Object> values) {
    return handle
        .createQuery(statement)
        .bindMap(values)
        .map((row, _) -> Updated.valueOf(row.getString(1)))
        .one();
  }

  /// The version that must still hold, if any, and the time of the change.
  public record Expected(@Nullable Long version, Instant now) {}

  /// Deletes the group; what it carried, its members have no more.
  public Updated delete(Terms terms, UUID id, Expected expected) {
    var values = Rows.audited(terms.organization(), expected.now(), "group.deleted", "");
    values.put("id", id);
    values.put("dearestOnly", terms.dearestOnly());
    values.put("version", expected.version());
    return Raced.retried(
        () -> database.jdbi().withHandle(handle -> updated(handle, GroupSql.DELETE, values)));
  }

  private int execute(String statement, Map<String, @Nullable Object> values) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createUpdate(statement).bindMap(values).execute());
  }

  private static <T> T run(java.util.function.Supplier<T> statement) {
    try {
      return statement.get();
    } catch (UnableToExecuteStatementException e) {
      throw Taken.unless(e);
    }
  }

  private static void put(Map<String, @Nullable Object> values, GroupRow group, Members members) {
    values.put("id", group.id());
    values.put("displayNameKey", group.displayNameKey());
    values.put("externalId", group.externalId());
    values.put("document", group.document());
    values.put("emptied", members.emptied());
    values.put("added", members.added().toArray(UUID[]::new));
    values.put("removed", members.removed().toArray(UUID[]::new));
  }
}
