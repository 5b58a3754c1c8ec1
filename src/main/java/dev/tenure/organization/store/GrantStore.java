package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Carried;
import dev.tenure.organization.Carrier;
import dev.tenure.organization.RoleGrant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What users were granted, directly and by their groups, and the seats that follow.
public final class GrantStore {
  private static final int BATCH = 5_000;
  private static final UUID FIRST = new UUID(0, 0);

  /// One batch of users in the order of their ids: those whose seats are not what they should be
  /// are put right. `left`: so many others were at work on.
  private static final String SETTLE =
      """
      with batch as materialized (select id, version, grant_round, active from scim_user
        where organization = :organization and id > :after order by id limit :most),
      who as (select id from batch where active),
      """
          + SeatSql.dueByStored(SeatSql.MEMBERSHIPS)
          + """
          wrong as (
            select batch.id from batch join seat s
              on s.organization = :organization and s.user_id = batch.id
            where not exists (select from due where due.id = s.user_id and due.sku = s.sku)
            union select due.id from due where not exists (select from seat s
              where s.organization = :organization and s.user_id = due.id and s.sku = due.sku)),
          touched as materialized (select u.id from batch join wrong on wrong.id = batch.id
            join scim_user u on u.organization = :organization and u.id = batch.id
            where u.version = batch.version and u.grant_round = batch.grant_round
            order by u.id for no key update of u),
          """
          + SeatSql.change()
          + """
          bumped as (update scim_user u set grant_round = u.grant_round + 1 from touched
            where u.organization = :organization and u.id = touched.id
            returning u.id, u.document ->> 'userName' as user_name),
          """
          + SeatSql.REGRANTED.replace("BECAUSE", "jsonb_build_object('settings', true)")
          + """
          last as (select id from batch order by id desc limit 1)
          select (select id from last) as id,
            (select count(*) from wrong) - (select count(*) from touched) as missed\
          """;

  private static final String LOCK_GROUP =
      """
      select id from scim_group where organization = :organization and id = :id for update\
      """;

  /// Who writes to a member at this moment by what the group carried before, must look again.
  private static final String CARRY =
      """
      with before as (
        select (select coalesce(array_agg(r.role || '@' || r.division order by 1), '{}')
            from group_role r where r.organization = :organization and r.group_id = :id) as roles,
          (select coalesce(array_agg(l.sku order by 1), '{}') from group_licence l
            where l.organization = :organization and l.group_id = :id) as licences),
      wanted as (
        select (select coalesce(array_agg(w.role || '@' || w.division order by 1), '{}')
            from unnest(cast(:roles as text[]), cast(:roleDivisions as text[]))
              as w(role, division)) as roles,
          (select coalesce(array_agg(w.sku order by 1), '{}')
            from unnest(cast(:licences as text[])) as w(sku)) as licences),
      written as (update scim_group g set carry_round = g.carry_round + 1,
          division = cast(:division as text)
        from before, wanted where g.organization = :organization and g.id = :id
          and (before.roles <> wanted.roles or before.licences <> wanted.licences
            or g.division is distinct from cast(:division as text))
        returning g.id),
      roles_gone as (delete from group_role r using written where r.organization = :organization
        and r.group_id = written.id and not exists (select
          from unnest(cast(:roles as text[]), cast(:roleDivisions as text[])) as w(role, division)
          where w.role = r.role and w.division = r.division)),
      licences_gone as (delete from group_licence l using written
        where l.organization = :organization and l.group_id = written.id
          and not l.sku = any(cast(:licences as text[]))),
      roles_new as (insert into group_role (organization, group_id, role, division)
        select :organization, written.id, w.role, w.division from written cross join
          unnest(cast(:roles as text[]), cast(:roleDivisions as text[])) as w(role, division)
        on conflict do nothing),
      licences_new as (insert into group_licence (organization, group_id, sku)
        select :organization, written.id, unnest(cast(:licences as text[])) from written
        on conflict do nothing),
      bumped as (update scim_user u set grant_round = u.grant_round + 1 from written
          join group_member m on m.organization = :organization and m.group_id = written.id
        where u.organization = :organization and u.id = m.user_id),
      touched as (update organization set changed = now() where organization = :organization
        and exists (select from written)),
      done as (select cast(id as text) as id from written)
      """
          + Rows.AUDIT
          + """
          jsonb_strip_nulls(jsonb_build_object('roles', (select to_jsonb(roles) from wanted),
            'licences', (select to_jsonb(licences) from wanted),
            'division', cast(:division as text))) from done
          """;

  private static final String GROUPS_NAMED =
      """
      select id from scim_group where organization = :organization and display_name_key = :key
      order by id\
      """;

  private static final String CARRIERS =
      """
      select g.id, g.document ->> 'displayName' as name, g.division,
        array(select r.role || '@' || r.division from group_role r
          where r.organization = :organization and r.group_id = g.id order by 1) as roles,
        array(select l.sku from group_licence l
          where l.organization = :organization and l.group_id = g.id order by 1) as licences
      from scim_group g where g.organization = :organization and g.carry_round > 0
      order by g.display_name_key, g.id\
      """;

  /// A group's division counts for members that have none of their own; of several groups, that of
  /// the oldest.
  private static final String OF_USER =
      """
      with own as (select u.id, u.division from scim_user u
          where u.organization = :organization and u.id = :user and u.active),
      belongs as (select g.id, g.division from own join group_member m
          on m.organization = :organization and m.user_id = own.id
        join scim_group g on g.organization = :organization and g.id = m.group_id),
      home as (select coalesce((select division from own),
        (select division from belongs where division is not null order by id limit 1)) as division)
      select 'division' as kind, (select division from home) as name, '' as division,
        cast(null as uuid) as via from own
      union all select 'role', r.role, r.division, null from own join user_role r
        on r.organization = :organization and r.user_id = own.id
      union all select 'role', r.role, r.division, b.id from belongs b join group_role r
        on r.organization = :organization and r.group_id = b.id
      union all select 'seat', s.sku, '', null from own join seat s
        on s.organization = :organization and s.user_id = own.id
      order by 1, 2, 3, 4\
      """;

  private final Database database;

  public GrantStore(Database database) {
    this.database = database;
  }

  /// One thing that a user has: `kind` is `division`, `role` or `seat`; `via` the group it came by.
  public record HeldRow(String kind, @Nullable String name, String division, @Nullable UUID via) {}

  /// Puts the seats of all users right, after settings have changed; true where it has seen all.
  /// Done again by another node at the same time, it finds nothing to do.
  public boolean settle(Terms terms, Instant now) {
    var values = Rows.audited(terms.organization(), now, "user.regranted", "");
    values.put("dearestOnly", terms.dearestOnly());
    values.put("most", BATCH);
    var after = Optional.of(FIRST);
    boolean whole = true;
    while (after.isPresent()) {
      values.put("after", after.get());
      var batch = Raced.retried(() -> database.jdbi().withHandle(h -> settle(h, values)));
      whole &= batch.missed() == 0;
      after = Optional.ofNullable(batch.last());
    }
    return whole;
  }

  private record Batch(@Nullable UUID last, long missed) {}

  private static Batch settle(Handle handle, Map<String, @Nullable Object> values) {
    return handle
        .createQuery(SETTLE)
        .bindMap(values)
        .map((row, _) -> new Batch(row.getObject("id", UUID.class), row.getLong("missed")))
        .one();
  }

  /// Lets the group carry this and nothing else; false where it does already, or there is none. The
  /// seats of its members follow when [#settle] is called.
  public boolean carry(OrganizationId organization, UUID group, Carried load, Instant now) {
    var values = Rows.audited(organization, now, "group.carries", "");
    values.put("id", group);
    values.put("roles", Rows.roles(load.roles()));
    values.put("roleDivisions", Rows.divisions(load.roles()));
    values.put("licences", load.licences().toArray(String[]::new));
    values.put("division", load.division().orElse(null));
    return Raced.retried(() ->
        database
            .jdbi()
            .inTransaction(handle -> {
              // The second statement must see what others have written until then.
              handle.createQuery(LOCK_GROUP).bindMap(values).mapTo(UUID.class).list();
              return handle.createUpdate(CARRY).bindMap(values).execute() > 0;
            }));
  }

  /// The groups of this name, folded; the oldest first.
  public List<UUID> groupsNamed(OrganizationId organization, String key) {
    var values = Rows.of(organization);
    values.put("key", key);
    return database
        .jdbi()
        .withHandle(h -> h.createQuery(GROUPS_NAMED).bindMap(values).mapTo(UUID.class).list());
  }

  /// The groups that carry something, by name.
  public List<Carrier> carriers(OrganizationId organization) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(CARRIERS)
                .bindMap(Rows.of(organization))
                .map((row, _) ->
                    new Carrier(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        new Carried(
                            Rows.texts(row, "roles").stream().map(GrantStore::grant).toList(),
                            Rows.texts(row, "licences"),
                            Optional.ofNullable(row.getString("division")))))
                .list());
  }

  private static RoleGrant grant(String text) {
    var at = text.lastIndexOf('@');
    return new RoleGrant(text.substring(0, at), text.substring(at + 1));
  }

  /// Everything that a user has; nothing where it is not active.
  public List<HeldRow> ofUser(OrganizationId organization, UUID user) {
    var values = Rows.of(organization);
    values.put("user", user);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(OF_USER)
                .bindMap(values)
                .map((row, _) ->
                    new HeldRow(
                        row.getString("kind"),
                        row.getString("name"),
                        row.getString("division"),
                        row.getObject("via", UUID.class)))
                .list());
  }
}
