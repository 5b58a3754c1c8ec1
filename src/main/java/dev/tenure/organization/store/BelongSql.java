package dev.tenure.organization.store;

/// The groups of a user: those that it is a member of, and those that contain them (RFC 7643 §4.1.2
/// `groups`, `direct` and `indirect`). Both ways end, as no group contains itself.
final class BelongSql {
  /// The groups above the user `u`: `id`, and whether it is a member itself.
  static final String ABOVE =
      """
      (with recursive above(id, direct) as (
          select m.group_id, true from group_member m
          where m.organization = :organization and m.user_id = u.id
          union select m.group_id, false from above join group_member m
            on m.organization = :organization and m.nested_id = above.id)
        select id, bool_or(direct) as direct from above group by id)\
      """;

  /// The ids of a group and of all groups in it; GROUP is the parameter that it is bound to.
  private static final String BELOW =
      """
      (with recursive below(id) as (select cast(GROUP as uuid)
          union select m.nested_id from below join group_member m
            on m.organization = :organization and m.group_id = below.id
          where m.nested_id is not null)
        select id from below)\
      """;

  private static final String DIRECT =
      """
      (select m.group_id as id, true as direct from group_member m
        where m.organization = :organization and m.user_id = u.id)\
      """;

  private static final String LIST =
      """
      '[' || string_agg('{"value":"' || g.id || '","$ref":"' || cast(:base as text)
        || '/Groups/' || g.id || '","display":' || to_json(g.document ->> 'displayName')
        || case when b.direct then ',"type":"direct"}' else ',"type":"indirect"}' end,
        ',' order by g.id) || ']'\
      """;

  private static final String FROM =
      " from BELONGS b join scim_group g on g.organization = :organization and g.id = b.id)";

  private static final String ALL = ("(select " + LIST + FROM).replace("BELONGS", ABOVE);

  /// The groups of the user `u` as JSON.
  static final String RELATED = ALL + " as related\n";

  /// The same for one user. Most have no groups in groups, and are spared the recursion: who has is
  /// answered with `*`.
  static final String RELATED_OR_NESTED =
      ("(select case when bool_or(exists (select from group_member n"
                  + " where n.organization = :organization and n.nested_id = b.id)) then '*' else "
                  + LIST
                  + " end"
                  + FROM)
              .replace("BELONGS", DIRECT)
          + " as related\n";

  /// The same for all users of a list. Most organizations have no groups in groups, which one look
  /// tells.
  static final String RELATED_IN_LIST =
      "case when exists (select from group_member n where n.organization = :organization"
          + " and n.nested_id is not null) then "
          + ALL
          + " else "
          + ("(select " + LIST + FROM).replace("BELONGS", DIRECT)
          + " end as related\n";

  private BelongSql() {}

  /// What is true of the groups that are this one or in it.
  static String isBelow(String column, String group) {
    return column + " in " + BELOW.replace("GROUP", group);
  }
}
