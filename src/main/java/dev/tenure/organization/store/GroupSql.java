package dev.tenure.organization.store;

/// The statements that write groups and their members.
///
/// Where a group carries something, a change of its members changes what these are granted. `meant`
/// are the users that it may be about, as the statement's snapshot has them; `held` are those of
/// them that are locked and still the same. Where one is missing, somebody else was at work:
/// nothing is written and the caller looks again. Where a group carries nothing, no user is
/// touched.
final class GroupSql {
  /// Members are users or groups; an id that is neither breaks the foreign key and so everything.
  private static final String JOINED =
      """
      joined as (insert into group_member (organization, group_id, user_id, nested_id)
        select :organization, ready.id, case when n.id is null then a.id end, n.id
        from ready cross join unnest(cast(:added as uuid[])) a(id)
        left join scim_group n on n.organization = :organization and n.id = a.id
        on conflict do nothing returning member_id, user_id),
      """;

  static final Telling.Statement CREATE =
      Telling.Statement.of(
          """
          with ready as (
            insert into scim_group (organization, id, display_name_key, external_id, created,
              modified, document)
            select :organization, :id, :displayNameKey, :externalId, :now, :now,
              cast(:document as jsonb) where @unheard returning id),
          """
              + JOINED
              + "done as (select cast(id as text) as id from ready)\n",
          """
          , told as (select 'Groups' as resource, id, cast(1 as bigint) as version,
            cast(:externalId as text) as external_id, cast('{}' as text[]) as keys,
            cast(null as uuid) as session, cast(:document as text) as document,
            cast(:changed as text[]) as attributes,
            (select array_agg(member_id) from joined) as joined, cast(null as uuid[]) as parted,
            cast(:events as text[]) as events
            from ready),
          """,
          Rows.AUDIT + "jsonb_build_object('added', cast(:added as uuid[])) from done");

  private static final String HELD =
      """
      held as materialized (select u.id from meant join scim_user u
          on u.organization = :organization and u.id = meant.id
        where u.version = meant.version and u.grant_round = meant.grant_round
          and exists (select from target)
        order by u.id for no key update of u),
      ready as (select id from target
        where (select count(*) from held) = (select count(*) from meant)),
      """;

  private static final String BUMPED =
      """
      bumped as (update scim_user u set grant_round = u.grant_round + 1 from touched
        where u.organization = :organization and u.id = touched.id
        returning u.id, u.document ->> 'userName' as user_name),
      """;

  private static final String REGRANTED =
      SeatSql.REGRANTED.replace("BECAUSE", "jsonb_build_object('group', cast(:id as text))");

  /// Above: the groups that contain this one, directly or through others; none of them may become
  /// its member.
  static final Telling.Statement UPDATE =
      Telling.Statement.of(
          """
          with recursive above as (select cast(:id as uuid) as id union
            select m.group_id from group_member m join above on m.nested_id = above.id
            where m.organization = :organization),
          circle as (select id from above where id = any(cast(:added as uuid[]))),
          seen as materialized (select id, carry_round, document ->> 'displayName' as name
            from scim_group where organization = :organization and id = :id),
          meant_ids(id) as (
            select unnest(cast(:added as uuid[])) from seen where carry_round > 0
            union select unnest(cast(:removed as uuid[])) from seen where carry_round > 0
            union select m.user_id from seen join group_member m
              on m.organization = :organization and m.group_id = seen.id
              where seen.carry_round > 0 and :emptied and m.user_id is not null),
          meant as materialized (select u.id, u.version, u.grant_round, u.active
            from meant_ids join scim_user u
              on u.organization = :organization and u.id = meant_ids.id),
          strangers as (select a.id from seen cross join unnest(cast(:added as uuid[])) as a(id)
            where seen.carry_round > 0 and not exists (select from meant where meant.id = a.id)
              and not exists (select from scim_group n
                where n.organization = :organization and n.id = a.id)),
          target as (select g.id from scim_group g
              join seen on seen.id = g.id and seen.carry_round = g.carry_round
            where g.organization = :organization and g.id = :id
              and (cast(:version as bigint) is null or g.version = :version)
              and not exists (select from circle) and not exists (select from strangers)
              and @unheard
            for update of g),
          """
              + HELD
              + """
              parted as (delete from group_member m using ready where m.organization = :organization
                and m.group_id = ready.id and (m.member_id = any(cast(:removed as uuid[]))
                  or (:emptied and not m.member_id = any(cast(:added as uuid[]))))
                returning member_id, user_id),
              """
              + JOINED
              + """
              touched as (select id from held
                where exists (select from parted p where p.user_id = held.id)
                  or exists (select from joined j where j.user_id = held.id)),
              who as (select meant.id from meant join touched on touched.id = meant.id
                where meant.active),
              """
              + SeatSql.stored(
                  SeatSql.MEMBERSHIPS
                      + """
                      where m.group_id <> :id
                      union select who.id, cast(:id as uuid) from who
                        join joined j on j.user_id = who.id
                      """)
              + BUMPED
              + REGRANTED
              + """
              written as (update scim_group g set version = g.version + 1, modified = :now,
                display_name_key = coalesce(:displayNameKey, g.display_name_key),
                external_id = case when cast(:document as text) is null then g.external_id
                  else cast(:externalId as text) end,
                document = coalesce(cast(:document as jsonb), g.document)
                from ready where g.organization = :organization and g.id = ready.id
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
                'removed', (select jsonb_agg(member_id) from parted),
                'renamedFrom', case when cast(:document as text) is not null then (
                  select nullif(name, cast(:document as jsonb) ->> 'displayName') from seen)
                  end)) from done)
              select case when exists (select from circle) then 'CIRCLE'
                when exists (select from strangers) then 'UNKNOWN'
                when exists (select from ready) then 'DONE'
                when exists (select from seen) then 'STALE' else 'GONE' end
              """);

  /// A member that joins at this moment makes a new version, and so this one look again. The groups
  /// that it was a member of lose it, and tell so.
  static final Telling.Statement DELETE =
      Telling.Statement.of(
          """
          with seen as materialized (select id, version, carry_round from scim_group
            where organization = :organization and id = :id),
          meant as materialized (select u.id, u.version, u.grant_round, u.active
            from seen join group_member m on m.organization = :organization and m.group_id = seen.id
              join scim_user u on u.organization = :organization and u.id = m.user_id
            where seen.carry_round > 0),
          target as (select g.id from scim_group g join seen on seen.id = g.id
              and seen.version = g.version and seen.carry_round = g.carry_round
            where g.organization = :organization and g.id = :id
              and (cast(:version as bigint) is null or g.version = :version) and @unheard
            for update of g),
          grown as (select g.id from scim_group g where g.organization = :organization and g.id in (
              select m.group_id from group_member m join target on target.id = m.nested_id
              where m.organization = :organization)
            order by g.id for no key update of g),
          """
              + HELD
              + """
              gone as (delete from scim_group g using ready
                where g.organization = :organization and g.id = ready.id
                  and (select count(*) from grown) >= 0
                returning g.id, g.document ->> 'displayName' as name, g.external_id),
              shrunk as (update scim_group g set version = g.version + 1, modified = :now
                from grown, gone where g.organization = :organization and g.id = grown.id
                returning g.id, g.version, g.external_id, cast(g.document as text) as document),
              touched as (select held.id from held cross join gone),
              who as (select meant.id from meant join touched on touched.id = meant.id
                where meant.active),
              """
              + SeatSql.stored(SeatSql.MEMBERSHIPS + "where m.group_id <> :id")
              + BUMPED
              + REGRANTED
              + """
              done as (select cast(id as text) as id from gone)
              """,
          """
          , told as (select 'Groups' as resource, id, cast(null as bigint) as version, external_id,
            cast('{}' as text[]) as keys, cast(null as uuid) as session,
            cast(null as text) as document, cast(null as text[]) as attributes,
            cast(null as uuid[]) as joined, cast(null as uuid[]) as parted,
            cast(:events as text[]) as events
            from gone
            union all select 'Groups', id, version, external_id, '{}', null, document, null, null,
              array[cast(:id as uuid)], cast(:changeEvents as text[])
            from shrunk),
          """,
          """
          , audit as (
          """
              + Rows.AUDIT
              + """
              jsonb_build_object('displayName', (select name from gone)) from done)
              select case when exists (select from gone) then 'DONE'
                when exists (select from seen) then 'STALE' else 'GONE' end
              """);

  static final Telling.Statement CREATE_CLAIMING = CREATE.claiming("ready", Table.GROUPS);

  static final Telling.Statement UPDATE_CLAIMING = UPDATE.claiming("ready", Table.GROUPS);

  private GroupSql() {}
}
