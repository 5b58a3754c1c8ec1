package dev.tenure.organization.store;

/// The statements that only lock a user out or let it in again, as is done to leavers: in one round
/// trip, with what follows from it. Where nothing comes back, nothing was to be done, or it could
/// not be done like this.
final class ActivationSql {
  private static final String SEEN =
      """
      with seen as materialized (select id, version, grant_round from scim_user
        where organization = :organization and id = :id and active <> cast(:active as boolean)
          and (cast(:versions as bigint[]) = '{}'
            or version = any(cast(:versions as bigint[]))) and @unheard),
      touched as (update scim_user u set active = cast(:active as boolean),
          session_round = session_round + case when u.active then 1 else 0 end,
          version = u.version + 1, modified = :now,
          document = jsonb_set(u.document, '{active}', to_jsonb(cast(:active as boolean)))
        from seen where u.organization = :organization and u.id = seen.id
          and u.version = seen.version and u.grant_round = seen.grant_round
        returning u.id, u.version, u.created, u.modified, u.external_id, u.email_keys, u.document),
      """;

  private static final String TOLD =
      """
      , told as (select 'Users' as resource, id, version, external_id, email_keys as keys,
        cast(null as uuid) as session, cast(document as text) as document,
        array['active'] as attributes, cast(null as uuid[]) as joined,
        cast(null as uuid[]) as parted, cast(:events as text[]) as events
        from touched),
      """;

  private static final String AUDIT =
      Rows.AUDIT.replace("cast(:person as text)", "(select document ->> 'userName' from touched)");

  private static final String ROW =
      "select " + UserStore.OWN + BelongSql.Depth.FLAT.ofUser() + " from touched u";

  static final Telling.Statement DEACTIVATE =
      Telling.Statement.of(
          SEEN
              + """
              seats_gone as (delete from seat s using touched
                where s.organization = :organization and s.user_id = touched.id returning s.sku),
              ended as (update session s set ended_at = :now, ended_by = 'deactivation'
                from touched where s.organization = :organization and s.user_id = touched.id
                  and s.ended_at is null returning s.id),
              done as (select cast(id as text) as id from touched)
              """,
          TOLD,
          ", audit as ("
              + AUDIT
              + """
              jsonb_strip_nulls(jsonb_build_object('attributes', array['active'],
                'seatsFreed', (select jsonb_agg(sku) from seats_gone),
                'sessionsEnded', (select count(*) from ended))) from done)
              """
              + ROW);

  static final Telling.Statement ACTIVATE =
      Telling.Statement.of(
          SEEN
              + "who as (select id from touched),\n"
              + SeatSql.stored(SeatSql.MEMBERSHIPS)
              + "done as (select cast(id as text) as id from touched)\n",
          TOLD,
          ", audit as ("
              + AUDIT
              + """
              jsonb_strip_nulls(jsonb_build_object('attributes', array['active'],
                'seatsTaken', (select jsonb_agg(sku) from seats_new))) from done)
              """
              + ROW);

  private ActivationSql() {}
}
