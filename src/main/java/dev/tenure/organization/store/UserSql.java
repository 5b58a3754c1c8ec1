package dev.tenure.organization.store;

/// The statements that write users, each with everything that follows from it.
///
/// `seen` is the user as the statement's snapshot has it. Where a statement had to wait for another
/// one, the row is not that any more, and nothing is written: the caller looks again. So seats
/// never follow from grants that are outdated.
final class UserSql {
  private static final String GIVEN =
      """
      unnest(cast(:roles as text[]), cast(:roleDivisions as text[])) as n(role, division)\
      """;

  /// A deleted user of this name comes back under its old id, if the organization wants that; or
  /// stands in the way, if it wants that.
  static final Telling.Statement CREATE =
      Telling.Statement.of(
          """
          with former as (select d.id from deleted_user d where d.organization = :organization
              and @unheard and cast(:recreation as text) <> 'NEW' and (d.id = cast(:former as uuid)
                or cast(:former as uuid) is null and (d.user_name_key = :userNameKey
                  or d.external_id = cast(:externalId as text)))
            order by (d.user_name_key = :userNameKey) desc, d.deleted_at desc limit 1),
          back as (delete from deleted_user d using former
            where d.organization = :organization and d.id = former.id
              and cast(:recreation as text) = 'RESTORE' returning d.id, d.version, d.created),
          made as (
          """
              + UserRowSql.INSERT
                  .replace("@id", "coalesce((select id from back), :id)")
                  .replace("@version", "coalesce((select version + 1 from back), 1)")
                  .replace("@created", "coalesce((select created from back), :now)")
              + """

                where (cast(:recreation as text) <> 'REFUSE' or not exists (select from former))
                  and (cast(:former as uuid) is null or exists (select from back)) and @unheard
                returning id, version, created, active),
              touched as (select id from made),
              who as (select id from made where active),
              roles_new as (insert into user_role (organization, user_id, role, division)
                select :organization, made.id, n.role, n.division from made cross join
              """
              + GIVEN
              + """
                ),
              licences_new as (insert into user_licence (organization, user_id, sku)
                select :organization, id, unnest(cast(:licences as text[])) from made),
              """
              + SeatSql.given()
              + """
              done as (select cast(id as text) as id from made)
              """,
          UserRowSql.TOLD_CREATED,
          """
          , audit as (
          """
              + Rows.AUDIT.replace(
                  "cast(:action as text)",
                  "case when exists (select from back) then 'user.restored' else :action end")
              + """
                jsonb_build_object('roles', cast(:roles as text[]),
                  'seatsTaken', coalesce((select jsonb_agg(sku) from seats_new), '[]'))
              from done)
              select id, version, created from made
              """);

  static final Telling.Statement UPDATE =
      Telling.Statement.of(
          """
          with seen as materialized (select id, grant_round from scim_user
            where organization = :organization and id = :id and version = :version),
          touched as (
            update scim_user u set session_round = session_round
                + case when u.active and not cast(:active as boolean) then 1 else 0 end,
          """
              + UserRowSql.SET
              + """

                from seen where u.organization = :organization and u.id = seen.id
                  and u.version = :version
                  and u.grant_round = seen.grant_round and @unheard
                returning u.id),
              who as (select id from touched where cast(:active as boolean)),
              roles_gone as (delete from user_role r using touched
                where r.organization = :organization and r.user_id = touched.id
                  and not exists (select from
              """
              + GIVEN
              + """
                 where n.role = r.role and n.division = r.division) returning r.role),
              roles_new as (insert into user_role (organization, user_id, role, division)
                select :organization, touched.id, n.role, n.division from touched cross join
              """
              + GIVEN
              + """
                 on conflict do nothing returning role),
              licences_gone as (delete from user_licence l using touched
                where l.organization = :organization and l.user_id = touched.id
                  and not l.sku = any(cast(:licences as text[]))),
              licences_new as (insert into user_licence (organization, user_id, sku)
                select :organization, id, unnest(cast(:licences as text[])) from touched
                on conflict do nothing),
              """
              + SeatSql.given()
              + """
              ended as (update session s set ended_at = :now, ended_by = 'deactivation' from touched
                where s.organization = :organization and s.user_id = touched.id
                  and s.ended_at is null
                  and not cast(:active as boolean) returning s.id),
              done as (select cast(id as text) as id from touched)
              """,
          UserRowSql.TOLD_UPDATED,
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

  /// The document of a user `r` without its manager, and without the extension where that is empty
  /// then.
  private static final String UNLED =
      """
      case when (r.document -> cast(:enterprise as text)) - 'manager' = '{}'::jsonb
        then jsonb_set(r.document - cast(:enterprise as text), '{schemas}',
          (r.document -> 'schemas') - cast(:enterprise as text))
        else r.document #- array[cast(:enterprise as text), 'manager'] end
      """;

  /// The groups are locked first and in order, as those who change members do; then the users whose
  /// manager this is: they have none from then on.
  static final Telling.Statement DELETE =
      Telling.Statement.of(
          """
          with seen as materialized (select id, version, grant_round from scim_user
            where organization = :organization and id = :id
              and (cast(:version as bigint) is null or version = :version) and @unheard),
          grown as (select g.id from scim_group g where g.organization = :organization and g.id in (
              select m.group_id from group_member m join seen on seen.id = m.user_id
              where m.organization = :organization)
            order by g.id for no key update of g),
          reports as (select r.id from scim_user r where r.organization = :organization
              and r.manager = cast(cast(:id as uuid) as text) and r.id <> :id
              and exists (select from seen)
            order by r.id for no key update of r),
          freed as (select sku from seat where organization = :organization and user_id = :id),
          over as (select id from session
            where organization = :organization and user_id = :id and ended_at is null),
          gone as (delete from scim_user u using seen where u.organization = :organization
            and u.id = seen.id and u.version = seen.version and u.grant_round = seen.grant_round
            and (select count(*) from grown) + (select count(*) from reports) >= 0
            returning u.id, u.user_name_key, u.external_id, u.version, u.created, u.document,
              u.email_keys, u.active),
          shrunk as (update scim_group g set version = g.version + 1, modified = :now
            from grown, gone
            where g.organization = :organization and g.id = grown.id
            returning g.id, g.version, g.external_id, g.document),
          unled as (update scim_user r set version = r.version + 1, modified = :now,
              manager = null, document =
          """
              + UNLED
              + """
                from reports, gone
                where r.organization = :organization and r.id = reports.id
                returning r.id, r.version, r.external_id, r.document, r.email_keys),
              kept as (insert into deleted_user (organization, id, user_name_key, external_id,
                  version, created, deleted_at, document)
                select :organization, id, user_name_key, external_id, version, created, :now,
                  document
                from gone where cast(:keep as boolean)),
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
              array[cast(:id as uuid)], cast(:changeEvents as text[])
            from shrunk
            union all select 'Users', id, version, external_id, email_keys, null, document,
              array[cast(:enterprise as text)], null, null, cast(:changeEvents as text[])
            from unled),
          """,
          Rows.AUDIT.replace("cast(:person as text)", "(select document ->> 'userName' from gone)")
              + """
                jsonb_strip_nulls(jsonb_build_object(
                  'kept', nullif(cast(:keep as boolean), false),
                  'groupsLeft', (select jsonb_agg(id) from shrunk),
                  'reportsLeft', (select jsonb_agg(id) from unled),
                  'seatsFreed', (select jsonb_agg(sku) from freed),
                  'sessionsEnded', (select count(*) from over)))
              from done
              """);

  static final Telling.Statement CREATE_CLAIMING = CREATE.claiming("made", Table.USERS);

  static final Telling.Statement UPDATE_CLAIMING = UPDATE.claiming("touched", Table.USERS);

  /// Who has a value that was asked for.
  static final String HOLDER =
      """
      select u.id, u.external_id, u.document ->> 'userName' as user_name, false as deleted
      from scim_user u where u.organization = :organization and u.id <> :id
        and (cast(:attribute as text) = 'userName' and u.user_name_key = :userNameKey
          or cast(:attribute as text) = 'externalId' and u.external_id_claim = :externalId
          or cast(:attribute as text) = 'workEmail' and u.email_claim = :emailClaim)
      union all select d.id, d.external_id, d.document ->> 'userName', true
      from deleted_user d where d.organization = :organization and cast(:deleted as boolean)
        and (d.user_name_key = :userNameKey or d.external_id = :externalId)
      limit 1\
      """;

  private UserSql() {}
}
