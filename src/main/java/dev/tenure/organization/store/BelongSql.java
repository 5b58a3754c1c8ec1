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
      " from BELONGS b join scim_group g on g.organization = :organization and g.id = b.id";

  private static final String OF_USER = "(select " + LIST + FROM + ")";

  /// Whether the organization has groups in groups.
  private static final String IS_NESTED =
      "exists (select from group_member n where n.organization = :organization"
          + " and n.nested_id is not null)";

  private static final String UNLESS_NESTED =
      "case when "
          + IS_NESTED
          + " then '"
          + StoredResource.NESTED
          + "' else RELATED end as related\n";

  /// The groups of all users in a CTE `page`, read together: a look at each user by itself takes
  /// three times as long.
  private static final String OF_PAGE =
      "belongs as materialized (select b.user_id, "
          + LIST
          + " as related"
          + FROM
          + " group by b.user_id),\n";

  private static final String OWN =
      """
      (select m.user_id, m.group_id as id, true as direct from group_member m
        where m.organization = :organization and m.user_id = any(array(select id from page)))\
      """;

  private static final String ALL_OWN =
      """
      (with recursive above(user_id, id, direct) as (
          select m.user_id, m.group_id, true from group_member m
          where m.organization = :organization and m.user_id = any(array(select id from page))
          union select a.user_id, m.group_id, false from above a join group_member m
            on m.organization = :organization and m.nested_id = a.id)
        select user_id, id, bool_or(direct) as direct from above group by user_id, id)\
      """;

  /// What follows the users `u` of a page, so that the [column][Depth#column] can be read.
  static final String JOIN = " left join belongs b on b.user_id = u.id";

  /// How far the groups of users are looked for.
  enum Depth {
    /// Where there are no groups in groups, which is most often: nobody needs the recursion. Where
    /// there are, [StoredResource#NESTED] is all that is read.
    FLAT(
        UNLESS_NESTED.replace("RELATED", OF_USER.replace("BELONGS", DIRECT)),
        OF_PAGE.replace("BELONGS", OWN),
        UNLESS_NESTED.replace("RELATED", "b.related")),

    NESTED(
        OF_USER.replace("BELONGS", ABOVE) + " as related\n",
        OF_PAGE.replace("BELONGS", ALL_OWN),
        "b.related\n");

    private final String ofUser;
    private final String cte;
    private final String column;

    Depth(String ofUser, String cte, String column) {
      this.ofUser = ofUser;
      this.cte = cte;
      this.column = column;
    }

    /// The column `related` of a user `u`.
    String ofUser() {
      return ofUser;
    }

    /// What reads the groups of all users in a CTE `page`: a CTE that follows it.
    String cte() {
      return cte;
    }

    /// The column `related` that goes with it.
    String column() {
      return column;
    }
  }

  private BelongSql() {}

  /// What is true of the groups that are this one or in it.
  static String isBelow(String column, String group) {
    return column + " in " + BELOW.replace("GROUP", group);
  }
}
