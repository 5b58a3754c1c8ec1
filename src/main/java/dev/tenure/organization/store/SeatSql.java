package dev.tenure.organization.store;

/// The part of a statement that makes the seats of users follow from what they were granted.
///
/// An active user is due the licences of its roles and those given by name, both directly and by
/// the groups that it is a direct member of; an inactive one is due none. A licence without a pool
/// is no licence.
final class SeatSql {
  /// The grants that the statement itself writes.
  private static final String GIVEN_ROLES =
      "select who.id, g.role from who cross join unnest(cast(:roles as text[])) as g(role)";

  private static final String GIVEN_LICENCES =
      "select who.id, g.sku from who cross join unnest(cast(:licences as text[])) as g(sku)";

  private static final String STORED_ROLES =
      """
      select who.id, g.role from who join user_role g on g.organization = :organization
        and g.user_id = who.id
      """;

  private static final String STORED_LICENCES =
      """
      select who.id, g.sku from who join user_licence g on g.organization = :organization
        and g.user_id = who.id
      """;

  /// The memberships as they are stored.
  static final String MEMBERSHIPS =
      """
      select who.id, m.group_id from who join group_member m on m.organization = :organization
        and m.user_id = who.id
      """;

  private static final String DUE =
      """
      belongs(id, group_id) as (MEMBERSHIPS),
      granted(id, role) as (ROLES
        union select b.id, c.role from belongs b join group_role c
          on c.organization = :organization and c.group_id = b.group_id),
      offered(id, sku, place) as (
        select g.id, p.sku, rank() over (partition by g.id order by p.price desc, p.sku desc)
        from granted g
          join role r on r.organization = :organization and r.name = g.role
          join licence_pool p on p.organization = :organization and p.sku = r.sku),
      named(id, sku) as (LICENCES
        union select b.id, c.sku from belongs b join group_licence c
          on c.organization = :organization and c.group_id = b.group_id),
      due(id, sku) as (
        select id, sku from offered where place = 1 or not cast(:dearestOnly as boolean)
        union select n.id, n.sku from named n
          join licence_pool p on p.organization = :organization and p.sku = n.sku),
      """;

  private static final String CHANGE =
      """
      seats_gone as (delete from seat s using touched
        where s.organization = :organization and s.user_id = touched.id
          and not exists (select from due where due.id = s.user_id and due.sku = s.sku)
        returning s.user_id, s.sku),
      seats_new as (insert into seat (organization, user_id, sku)
        select :organization, due.id, due.sku from due join touched on touched.id = due.id
        on conflict do nothing returning user_id, sku),
      """;

  /// Who lost and who gained seats, one row for each user of `bumped(id, user_name)`.
  static final String REGRANTED =
      """
      lost as (select user_id, jsonb_agg(sku) as skus from seats_gone group by user_id),
      gained as (select user_id, jsonb_agg(sku) as skus from seats_new group by user_id),
      regranted as (insert into audit_entry
          (log, at, actor, action, subject, person, correlation, detail)
        select 'organization/' || cast(:organization as text), :now, cast(:actor as text),
          'user.regranted', cast(b.id as text), b.user_name, cast(:correlation as text),
          jsonb_strip_nulls(jsonb_build_object('seatsFreed', lost.skus, 'seatsTaken', gained.skus,
            'because', BECAUSE))
        from bumped b left join lost on lost.user_id = b.id
          left join gained on gained.user_id = b.id),
      """;

  private SeatSql() {}

  /// CTEs after `who(id)`, the active users, and `touched(id)`, all whose seats are settled: roles
  /// and licences are the statement's parameters.
  static String given() {
    return due(MEMBERSHIPS, GIVEN_ROLES, GIVEN_LICENCES) + CHANGE;
  }

  /// The same by the roles and licences that are stored; `memberships` gives user and group.
  static String stored(String memberships) {
    return dueByStored(memberships) + CHANGE;
  }

  /// Only `due(id, sku)`, for a statement that must look first; [#change] goes with it.
  static String dueByStored(String memberships) {
    return due(memberships, STORED_ROLES, STORED_LICENCES);
  }

  static String change() {
    return CHANGE;
  }

  private static String due(String memberships, String roles, String licences) {
    return DUE.replace("MEMBERSHIPS", memberships)
        .replace("ROLES", roles)
        .replace("LICENCES", licences);
  }
}
