package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
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

  private static final String PORTION =
      """
      select coalesce(MEMBER, '') as members, count(*) as size,
        (array_agg(m.member_id order by m.member_id desc))[1] as last
      from (select member_id, user_id from group_member
        where organization = :organization and group_id = :id
          and (cast(:after as uuid) is null or member_id > :after)
        order by member_id limit :atOnce) m\
      """
          .replace("MEMBER", MEMBER);

  static final String COLUMNS =
      "u.id, u.version, u.created, u.modified, cast(u.document as text) as document, " + MEMBERS;

  private static final String GET =
      "select "
          + COLUMNS
          + " from scim_group u where u.organization = :organization and u.id = :id";

  /// Members are users or groups; an id that is neither breaks the foreign key and so everything.
  private static final String JOINED =
      """
      joined as (insert into group_member (organization, group_id, user_id, nested_id)
        select :organization, target.id, case when n.id is null then a.id end, n.id
        from target cross join unnest(cast(:added as uuid[])) a(id)
        left join scim_group n on n.organization = :organization and n.id = a.id
        on conflict do nothing returning member_id),
      """;

  private static final Telling.Statement CREATE =
      Telling.Statement.of(
          """
          with target as (
            insert into scim_group (organization, id, display_name_key, external_id, created,
              modified, document)
            select :organization, :id, :displayNameKey, :externalId, :now, :now,
              cast(:document as jsonb) where @unheard returning id),
          """
              + JOINED
              + """
              done as (select cast(id as text) as id from target)
              """,
          """
          , told as (select 'Groups' as resource, id, cast(1 as bigint) as version,
            cast(:externalId as text) as external_id, cast('{}' as text[]) as keys,
            cast(null as uuid) as session, cast(:document as text) as document,
            cast(:changed as text[]) as attributes,
            (select array_agg(member_id) from joined) as joined, cast(null as uuid[]) as parted,
            cast(:events as text[]) as events
            from target),
          """,
          Rows.AUDIT + "jsonb_build_object('added', cast(:added as uuid[])) from done");

  /// Above: the groups that contain this one, directly or through others; none of them may become
  /// its member.
  private static final Telling.Statement UPDATE =
      Telling.Statement.of(
          """
          with recursive above as (select cast(:id as uuid) as id union
            select m.group_id from group_member m join above on m.nested_id = above.id
            where m.organization = :organization),
          circle as (select id from above where id = any(cast(:added as uuid[]))),
          target as (select id, version from scim_group
            where organization = :organization and id = :id
            and (cast(:version as bigint) is null or version = :version)
            and not exists (select from circle) and @unheard for update),
          parted as (delete from group_member m using target where m.organization = :organization
            and m.group_id = target.id and (m.member_id = any(cast(:removed as uuid[]))
              or (:emptied and not m.member_id = any(cast(:added as uuid[])))) returning member_id),
          """
              + JOINED
              + """
              written as (update scim_group g set version = g.version + 1, modified = :now,
                display_name_key = coalesce(:displayNameKey, g.display_name_key),
                external_id = case when cast(:document as text) is null then g.external_id
                  else cast(:externalId as text) end,
                document = coalesce(cast(:document as jsonb), g.document)
                from target where g.organization = :organization and g.id = target.id
                  and (cast(:document as text) is not null or exists (select from parted)
                    or exists (select from joined))
                returning g.id, g.version, g.external_id, g.document),
              done as (select cast(id as text) as id from written)
              """,
          """
          , told as (select 'Groups' as resource, id, version, external_id,
            cast('{}' as text[]) as keys, cast(null as uuid) as session, document,
            cast(:changed as text[]) as attributes,
            (select array_agg(member_id) from joined) as joined,
            (select array_agg(member_id) from parted) as parted,
            cast(:events as text[]) as events
            from written),
          """,
          """
          , audit as (
          """
              + Rows.AUDIT
              + """
              jsonb_strip_nulls(jsonb_build_object(
                'added', (select jsonb_agg(member_id) from joined),
                'removed', (select jsonb_agg(member_id) from parted))) from done)
              select case when exists (select from circle) then 'CIRCLE'
                when exists (select from target) then 'DONE' else 'STALE' end
              """);

  private static final Telling.Statement CREATE_CLAIMING = CREATE.claiming("target", Table.GROUPS);

  private static final Telling.Statement UPDATE_CLAIMING = UPDATE.claiming("target", Table.GROUPS);

  private static final Telling.Statement DELETE =
      Telling.Statement.of(
          """
          with gone as (delete from scim_group where organization = :organization and id = :id
            and (cast(:version as bigint) is null or version = :version) and @unheard
            returning id, document ->> 'displayName' as name, external_id),
          done as (select cast(id as text) as id from gone)
          """,
          """
          , told as (select 'Groups' as resource, id, cast(null as bigint) as version, external_id,
            cast('{}' as text[]) as keys, cast(null as uuid) as session,
              cast(null as text) as document,
            cast(null as text[]) as attributes, cast(null as uuid[]) as joined,
            cast(null as uuid[]) as parted, cast(:events as text[]) as events
            from gone),
          """,
          Rows.AUDIT + "jsonb_build_object('displayName', (select name from gone)) from done");

  private static final String SIZE =
      """
      select count(*) from (select from group_member
        where organization = :organization and group_id = :id limit :most) as counted\
      """;

  private final Database database;
  private final Telling telling = new Telling();

  public GroupStore(Database database) {
    this.database = database;
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

  /// What became of an update. `CIRCLE`: a member contains the group itself.
  public enum Updated {
    DONE,
    STALE,
    CIRCLE
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
                .map((row, _) ->
                    new Portion(
                        row.getString("members"),
                        row.getInt("size") < MEMBERS_AT_ONCE
                            ? Optional.empty()
                            : Optional.of(row.getObject("last", UUID.class))))
                .one());
  }

  public Optional<StoredResource> get(OrganizationId organization, UUID id, Extent extent) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("atOnce", MEMBERS_AT_ONCE);
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
    values.put("events", SignalSql.uris(SignalSql.CREATED));
    var statement = group.claims().possible() ? CREATE_CLAIMING : CREATE;
    run(() -> execute(statement, values));
  }

  /// Writes document and members in one statement; nothing is written, and the version stays, where
  /// nothing differs. `version` null: whichever. Throws [Taken] where a member does not exist.
  public Updated update(
      OrganizationId organization, GroupRow group, Members members, Expected expected) {
    var values = Rows.audited(organization, expected.now(), "group.updated", "");
    put(values, group, members);
    values.put("version", expected.version());
    values.put("events", SignalSql.uris(SignalSql.PATCHED));
    return run(() ->
        telling.run(
            values,
            group.claims().possible() ? UPDATE_CLAIMING : UPDATE,
            sql ->
                database
                    .jdbi()
                    .withHandle(handle ->
                        handle
                            .createQuery(sql)
                            .bindMap(values)
                            .map((row, _) -> Updated.valueOf(row.getString(1)))
                            .one()),
            updated -> updated == Updated.STALE));
  }

  /// The version that must still hold, if any, and the time of the change.
  public record Expected(@Nullable Long version, Instant now) {}

  /// False where the group is gone already or has another version.
  public boolean delete(OrganizationId organization, UUID id, Expected expected) {
    var values = Rows.audited(organization, expected.now(), "group.deleted", "");
    values.put("id", id);
    values.put("version", expected.version());
    values.put("events", SignalSql.uris(SignalSql.DELETED));
    return execute(DELETE, values) == 1;
  }

  private int execute(Telling.Statement statement, Map<String, @Nullable Object> values) {
    return telling.run(
        values,
        statement,
        sql ->
            database
                .jdbi()
                .withHandle(handle -> handle.createUpdate(sql).bindMap(values).execute()),
        rows -> rows == 0);
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
