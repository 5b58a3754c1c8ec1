package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.signal.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// Users, with the roles, seats and sessions that depend on them.
public final class UserStore {
  private static final String GROUPS =
      """
      (select '[' || string_agg('{"value":"' || g.id || '","$ref":"' || cast(:base as text)
          || '/Groups/' || g.id || '","display":' || to_json(g.document ->> 'displayName')
          || ',"type":"direct"}', ',' order by g.id) || ']'
        from group_member m join scim_group g
          on g.organization = :organization and g.id = m.group_id
        where m.organization = :organization and m.user_id = u.id) as related
      """;

  static final String COLUMNS =
      "u.id, u.version, u.created, u.modified, cast(u.document as text) as document, " + GROUPS;

  private static final String GET =
      "select " + COLUMNS + " from scim_user u where u.organization = :organization and u.id = :id";

  private static final Telling.Statement CREATE =
      Telling.Statement.of(
          """
          with created as (
            insert into scim_user (organization, id, user_name_key, external_id, external_id_claim,
              email_claim, email_keys, active, display_name_key, division, department_key,
              employee_key, manager, created, modified, document)
            select :organization, :id, :userNameKey, :externalId, :externalIdClaim,
              :emailClaim, :emailKeys, :active, :displayNameKey, :division, :departmentKey,
              :employeeKey, :manager, :now, :now, cast(:document as jsonb)
            where @unheard returning id),
          roles as (insert into user_role (organization, user_id, role)
            select :organization, id, unnest(cast(:roles as text[])) from created),
          seats as (insert into seat (organization, user_id, sku)
            select :organization, id, unnest(cast(:skus as text[])) from created),
          done as (select cast(id as text) as id from created)
          """,
          """
          , told as (select 'Users' as resource, id, cast(1 as bigint) as version,
            cast(:externalId as text) as external_id, cast(:emailKeys as text[]) as keys,
            cast(null as uuid) as session, cast(:document as text) as document,
            (select array_agg(k) from jsonb_object_keys(cast(:document as jsonb)) k) as attributes,
            cast(null as uuid[]) as joined, cast(null as uuid[]) as parted,
            cast(:events as text[]) as events
            from created),
          """,
          Rows.AUDIT
              + """
                jsonb_build_object('roles', cast(:roles as text[]),
                  'seatsTaken', cast(:skus as text[]))
              from done
              """);

  private static final Telling.Statement UPDATE =
      Telling.Statement.of(
          """
          with target as (
            update scim_user u set user_name_key = :userNameKey, external_id = :externalId,
              external_id_claim = :externalIdClaim, email_claim = :emailClaim,
                email_keys = :emailKeys,
              session_round = session_round
                + case when u.active and not cast(:active as boolean) then 1 else 0 end,
              active = :active, display_name_key = :displayNameKey, division = :division,
              department_key = :departmentKey, employee_key = :employeeKey, manager = :manager,
              version = version + 1, modified = :now, document = cast(:document as jsonb)
            where u.organization = :organization and u.id = :id and u.version = :version
              and @unheard
            returning u.id),
          roles_gone as (delete from user_role r using target where r.organization = :organization
            and r.user_id = target.id and not r.role = any(cast(:roles as text[]))
              returning r.role),
          roles_new as (insert into user_role (organization, user_id, role)
            select :organization, id, unnest(cast(:roles as text[])) from target
            on conflict do nothing returning role),
          seats_gone as (delete from seat s using target where s.organization = :organization
            and s.user_id = target.id and not s.sku = any(cast(:skus as text[])) returning s.sku),
          seats_new as (insert into seat (organization, user_id, sku)
            select :organization, id, unnest(cast(:skus as text[])) from target
            on conflict do nothing returning sku),
          ended as (update session s set ended_at = :now, ended_by = 'deactivation' from target
            where s.organization = :organization and s.user_id = target.id and s.ended_at is null
              and not cast(:active as boolean) returning s.id),
          done as (select cast(id as text) as id from target)
          """,
          """
          , told as (select 'Users' as resource, id, :version + 1 as version,
            cast(:externalId as text) as external_id, cast(:emailKeys as text[]) as keys,
            cast(null as uuid) as session, cast(:document as text) as document,
            cast(:changed as text[]) as attributes, cast(null as uuid[]) as joined,
            cast(null as uuid[]) as parted, cast(:events as text[]) as events
            from target),
          """,
          Rows.AUDIT
              + """
                jsonb_strip_nulls(jsonb_build_object('attributes', cast(:changed as text[]),
                  'rolesLost', (select jsonb_agg(role) from roles_gone),
                  'rolesGained', (select jsonb_agg(role) from roles_new),
                  'seatsFreed', (select jsonb_agg(sku) from seats_gone),
                  'seatsTaken', (select jsonb_agg(sku) from seats_new),
                  'sessionsEnded', (select count(*) from ended)))
              from done
              """);

  private static final Telling.Statement DELETE =
      Telling.Statement.of(
          """
          with shrunk as (update scim_group g set version = version + 1, modified = :now
            where g.organization = :organization and g.id in (
              select m.group_id from group_member m join scim_user u
                on u.organization = :organization and u.id = m.user_id
              where m.organization = :organization and m.user_id = :id
                and (cast(:version as bigint) is null or u.version = :version)) and @unheard
            returning g.id, g.version, g.external_id, g.document),
          freed as (select sku from seat where organization = :organization and user_id = :id),
          over as (select id from session
            where organization = :organization and user_id = :id and ended_at is null),
          gone as (delete from scim_user u where u.organization = :organization and u.id = :id
            and (cast(:version as bigint) is null or u.version = :version) and @unheard
            returning u.id, u.document ->> 'userName' as user_name, u.external_id, u.email_keys,
              u.active),
          done as (select cast(id as text) as id from gone)
          """,
          """
          , told as (select 'Users' as resource, id, cast(null as bigint) as version, external_id,
              email_keys as keys, cast(null as uuid) as session, cast(null as jsonb) as document,
              cast(null as text[]) as attributes, cast(null as uuid[]) as joined,
              cast(null as uuid[]) as parted, case when active then cast(:events as text[])
                else array_remove(cast(:events as text[]), cast(:sessionRevoked as text))
                  end as events
            from gone
            union all select 'Groups', id, version, external_id, '{}', null, document, null, null,
              array[cast(:id as uuid)], cast(:groupEvents as text[])
            from shrunk),
          """,
          Rows.AUDIT.replace("cast(:person as text)", "(select user_name from gone)")
              + """
                jsonb_strip_nulls(jsonb_build_object(
                  'seatsFreed', (select jsonb_agg(sku) from freed),
                  'sessionsEnded', (select count(*) from over)))
              from done
              """);

  private static final Telling.Statement CREATE_CLAIMING = CREATE.claiming("created", Table.USERS);

  private static final Telling.Statement UPDATE_CLAIMING = UPDATE.claiming("target", Table.USERS);

  private static final String HOLDER =
      """
      select cast(id as text) || coalesce(' with externalId ' || external_id, '') from scim_user
      where organization = :organization and id <> :id and (user_name_key = :userNameKey
        or external_id_claim = :externalIdClaim or email_claim = :emailClaim)
      limit 1\
      """;

  private final Database database;
  private final Telling telling = new Telling();

  public UserStore(Database database) {
    this.database = database;
  }

  /// `base` is the address that the references in `groups` start with.
  public Optional<StoredResource> get(OrganizationId organization, UUID id, String base) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("base", base);
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery(GET).bindMap(values).map((row, _) -> Rows.resource(row)).findOne());
  }

  /// Throws [Taken] where a unique value is another user's.
  public void create(OrganizationId organization, UserRow user, Instant now) {
    var values = Rows.audited(organization, now, "user.created", user.userName());
    put(values, user);
    values.put("events", SignalSql.uris(SignalSql.CREATED));
    execute(user.claims().possible() ? CREATE_CLAIMING : CREATE, values);
  }

  /// Writes the user as the version after `version`, in one statement with the end of its sessions
  /// and the release of its seats where it is not active any more; false where `version` is not the
  /// stored one. Throws [Taken] where a unique value is another user's.
  public boolean update(OrganizationId organization, UserRow user, Update update) {
    var values = Rows.audited(organization, update.now(), update.action(), user.userName());
    put(values, user);
    values.put("version", update.version());
    values.put("changed", update.changed().toArray(String[]::new));
    values.put("events", SignalSql.uris(update.events()));
    return execute(user.claims().possible() ? UPDATE_CLAIMING : UPDATE, values) == 1;
  }

  /// The version to replace, what the audit log calls it, the attributes that changed, and what
  /// receivers are told.
  public record Update(
      long version, String action, List<String> changed, List<EventType> events, Instant now) {}

  /// Deletes the user with everything that depends on it; false where it is gone already or has
  /// another version.
  public boolean delete(OrganizationId organization, UUID id, Removal removal) {
    var values = Rows.audited(organization, removal.now(), "user.deleted", "");
    values.put("id", id);
    values.put("version", removal.version());
    values.put("events", SignalSql.uris(removal.events()));
    values.put("sessionRevoked", EventType.SESSION_REVOKED.uri());
    values.put("groupEvents", SignalSql.uris(SignalSql.PATCHED));
    return execute(DELETE, values) == 1;
  }

  /// The version to delete, null for whichever, and what receivers are told of it.
  public record Removal(@Nullable Long version, List<EventType> events, Instant now) {}

  /// Who has a value that this user claims: id and externalId; empty where nobody has.
  public Optional<String> holder(OrganizationId organization, UserRow user) {
    var values = Rows.of(organization);
    put(values, user);
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery(HOLDER).bindMap(values).mapTo(String.class).findOne());
  }

  private int execute(Telling.Statement statement, Map<String, @Nullable Object> values) {
    try {
      return Raced.retried(() ->
          telling.run(
              values,
              statement,
              sql ->
                  database
                      .jdbi()
                      .withHandle(handle -> handle.createUpdate(sql).bindMap(values).execute()),
              rows -> rows == 0));
    } catch (UnableToExecuteStatementException e) {
      throw Taken.unless(e);
    }
  }

  private static void put(Map<String, @Nullable Object> values, UserRow user) {
    values.put("id", user.id());
    values.put("userNameKey", user.userNameKey());
    values.put("externalId", user.externalId());
    values.put("externalIdClaim", user.externalIdClaim());
    values.put("emailClaim", user.emailClaim());
    values.put("emailKeys", user.emailKeys().toArray(String[]::new));
    values.put("active", user.active());
    values.put("displayNameKey", user.displayNameKey());
    values.put("division", user.division());
    values.put("departmentKey", user.departmentKey());
    values.put("employeeKey", user.employeeKey());
    values.put("manager", user.manager());
    values.put("roles", user.roles().toArray(String[]::new));
    values.put("skus", user.skus().toArray(String[]::new));
    values.put("document", user.document());
    if (user.claims().possible()) UniqueStore.put(values, user.claims());
  }
}
