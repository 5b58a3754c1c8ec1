package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.database.Prepared;
import dev.tenure.id.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// Groups and their members. A change of members touches only the rows of those members.
public final class GroupStore {
  /// So many members of one group are read at once; of more, none.
  private static final int MEMBERS_AT_ONCE = 10_000;

  private static final String MEMBER =
      """
      string_agg('{"value":"' || m.member_id || '","$ref":"' || cast(:base as text)
        || case when m.user_id is null then '/Groups/' else '/Users/' end || m.member_id
        || case when m.user_id is null then '","type":"Group"}' else '","type":"User"}' end,
        ',' order by m.member_id)\
      """;

  private static final String MEMBERS =
      """
      case when :members then (select case when count(*) > :atOnce then '*'
          else '[' || MEMBER || ']' end
        from (select member_id, user_id from group_member
          where organization = :organization and group_id = u.id
          order by member_id limit :atOnce + 1) m)
        else '' end as related
      """
          .replace("MEMBER", MEMBER);

  /// The ids of members, and of those that are groups, sixteen bytes each. References to all of a
  /// large group would take PostgreSQL longer to write than to find.
  private static final String IDS =
      """
      select string_agg(uuid_send(m.member_id), '' order by m.member_id) as ids,
          (select string_agg(uuid_send(n.nested_id), '') from group_member n
            where n.organization = :organization and n.group_id = @group
              and n.nested_id is not null) as nested
        from (select member_id from group_member
          where organization = :organization and group_id = @group @after
          order by member_id limit @most) m\
      """;

  private static final String PORTION =
      IDS.replace("@group", ":id")
          .replace("@after", "and (cast(:after as uuid) is null or member_id > :after)")
          .replace("@most", ":atOnce");

  private static final String OWN =
      "u.id, u.version, u.created, u.modified, cast(u.document as text) as document, ";

  static final String COLUMNS = OWN + MEMBERS;

  private static final String ONE =
      " from scim_group u WITH where u.organization = :organization and u.id = :id";

  private static final String GET =
      "select "
          + OWN
          + "m.*"
          + ONE.replace(
              "WITH",
              "cross join lateral ("
                  + IDS.replace("@group", "u.id")
                      .replace("@after", "")
                      .replace("@most", ":atOnce + 1")
                  + ") m");

  private static final String GET_WITHOUT =
      "select "
          + OWN
          + "cast(null as bytea) as ids, cast(null as bytea) as nested"
          + ONE.replace("WITH", "");

  private static final String SIZE =
      """
      select count(*) from (select from group_member
        where organization = :organization and group_id = :id limit :most) as counted\
      """;

  private final Database database;
  private final Pools pools;
  private final Telling telling = new Telling();

  public GroupStore(Database database) {
    this.database = database;
    this.pools = new Pools(database);
  }

  /// What is written of a group, and the names of the attributes that change. Absent document:
  /// everything but the members stays as it is.
  public record GroupRow(
      UUID id,
      @Nullable String displayNameKey,
      @Nullable String externalId,
      Claims claims,
      @Nullable String document,
      List<String> changed) {

    /// Throws 400 `invalidValue` where a value is too long to be looked up by.
    public GroupRow {
      KeyText.require("displayName", displayNameKey);
      KeyText.require("externalId", externalId);
    }

    /// A group whose members change at most.
    public static GroupRow same(UUID id) {
      return new GroupRow(id, null, null, Claims.NONE, null, List.of());
    }
  }

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

  /// Some members as JSON objects with commas between them, and the last of them; empty where that
  /// was all.
  public record Portion(String members, Optional<UUID> last) {}

  /// The members after this one, or the first of them, in the order of their ids.
  public Portion members(OrganizationId organization, UUID id, String base, Optional<UUID> after) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("base", base);
    values.put("after", after.orElse(null));
    values.put("atOnce", MEMBERS_AT_ONCE);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(PORTION)
                .bindMap(values)
                .map((row, _) -> portion(MemberReferences.of(row), base))
                .one());
  }

  private static Portion portion(MemberReferences members, String base) {
    return new Portion(
        members.text(base),
        members.size() < MEMBERS_AT_ONCE ? Optional.empty() : Optional.of(members.last()));
  }

  public Optional<StoredResource> get(OrganizationId organization, UUID id, Extent extent) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("atOnce", MEMBERS_AT_ONCE);
    var statement = extent.members() ? GET : GET_WITHOUT;
    Prepared.Reader<StoredResource> reader =
        row -> Rows.resource(row, related(MemberReferences.of(row), extent.base()));
    return database.on(c -> Prepared.of(statement).first(c, values, reader));
  }

  private static String related(MemberReferences members, String base) {
    if (members.size() > MEMBERS_AT_ONCE) return StoredResource.PORTIONED;
    return members.size() == 0 ? "" : "[" + members.text(base) + "]";
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
    values.put("events", SignalSql.uris(SignalSql.CREATED));
    var statement = group.claims().possible() ? GroupSql.CREATE_CLAIMING : GroupSql.CREATE;
    run(() -> telling.run(values, statement, sql -> execute(sql, values), rows -> rows == 0));
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
    values.put("events", SignalSql.uris(SignalSql.PATCHED));
    var statement = group.claims().possible() ? GroupSql.UPDATE_CLAIMING : GroupSql.UPDATE;
    return run(() -> updated(terms, statement, values));
  }

  private Updated updated(
      Terms terms, Telling.Statement statement, Map<String, @Nullable Object> values) {
    return telling.run(
        values,
        statement,
        sql ->
            pools.run(
                terms, c -> Prepared.of(sql).first(c, values, GroupStore::updated).orElseThrow()),
        updated -> updated == Updated.STALE);
  }

  private static Updated updated(ResultSet row) throws SQLException {
    return Updated.valueOf(row.getString(1));
  }

  /// The version that must still hold, if any, and the time of the change.
  public record Expected(@Nullable Long version, Instant now) {}

  /// Deletes the group; what it carried, its members have no more.
  public Updated delete(Terms terms, UUID id, Expected expected) {
    var values = Rows.audited(terms.organization(), expected.now(), "group.deleted", "");
    values.put("id", id);
    values.put("dearestOnly", terms.dearestOnly());
    values.put("version", expected.version());
    values.put("events", SignalSql.uris(SignalSql.DELETED));
    values.put("changeEvents", SignalSql.uris(SignalSql.PATCHED));
    return updated(terms, GroupSql.DELETE, values);
  }

  private int execute(String statement, Map<String, @Nullable Object> values) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createUpdate(statement).bindMap(values).execute());
  }

  private static <T> T run(java.util.function.Supplier<T> statement) {
    try {
      return Raced.retried(statement);
    } catch (UnableToExecuteStatementException e) {
      throw Taken.unless(e);
    }
  }

  private static void put(Map<String, @Nullable Object> values, GroupRow group, Members members) {
    values.put("id", group.id());
    values.put("displayNameKey", group.displayNameKey());
    values.put("externalId", group.externalId());
    values.put("document", group.document());
    values.put("changed", group.changed().toArray(String[]::new));
    if (group.claims().possible()) UniqueStore.put(values, group.claims());
    values.put("emptied", members.emptied());
    values.put("added", members.added().toArray(UUID[]::new));
    values.put("removed", members.removed().toArray(UUID[]::new));
  }
}
