package dev.tenure.organization.store;

/// The parts of statements that write the row of a user, and the statements that do no more: where
/// what the user is granted stays as it is, nothing follows from the change. Most changes are so,
/// and each step of a statement costs, whether it finds something to do or not.
final class UserRowSql {
  /// `@id`, `@version` and `@created` are filled in.
  static final String INSERT =
      """
      insert into scim_user (organization, id, user_name_key, external_id, external_id_claim,
          email_claim, email_keys, active, display_name_key, division, department_key,
          employee_key, manager, version, created, modified, document)
        select :organization, @id, :userNameKey, :externalId, :externalIdClaim, :emailClaim,
          cast(:emailKeys as text[]), :active, :displayNameKey, :division, :departmentKey,
          :employeeKey, :manager, @version, @created, :now, cast(:document as jsonb)\
      """;

  /// Of a user `u`.
  static final String SET =
      """
      user_name_key = :userNameKey, external_id = :externalId,
        external_id_claim = :externalIdClaim, email_claim = :emailClaim, email_keys = :emailKeys,
        active = cast(:active as boolean), display_name_key = :displayNameKey, division = :division,
        department_key = :departmentKey, employee_key = :employeeKey, manager = :manager,
        version = u.version + 1, modified = :now, document = cast(:document as jsonb)\
      """;

  /// Tells of a new user in `made`.
  static final String TOLD_CREATED =
      """
      , told as (select 'Users' as resource, id, version,
        cast(:externalId as text) as external_id, cast(:emailKeys as text[]) as keys,
        cast(null as uuid) as session, cast(:document as text) as document,
        (select array_agg(k) from jsonb_object_keys(cast(:document as jsonb)) k) as attributes,
        cast(null as uuid[]) as joined, cast(null as uuid[]) as parted,
        cast(:events as text[]) as events
        from made),
      """;

  /// Tells of a changed user in `touched`.
  static final String TOLD_UPDATED =
      """
      , told as (select 'Users' as resource, id, :version + 1 as version,
        cast(:externalId as text) as external_id, cast(:emailKeys as text[]) as keys,
        cast(null as uuid) as session, cast(:document as text) as document,
        cast(:changed as text[]) as attributes, cast(null as uuid[]) as joined,
        cast(null as uuid[]) as parted, cast(:events as text[]) as events
        from touched),
      """;

  /// A new user that is granted nothing, where no deleted one is asked for.
  static final Telling.Statement CREATE =
      Telling.Statement.of(
          "with made as ("
              + INSERT.replace("@id", ":id").replace("@version", "1").replace("@created", ":now")
              + """
                 where @unheard returning id, version, created),
              done as (select cast(id as text) as id from made)
              """,
          TOLD_CREATED,
          ", audit as ("
              + Rows.AUDIT
              + """
              '{"roles": [], "seatsTaken": []}' from done)
              select id, version, created from made
              """);

  static final Telling.Statement UPDATE =
      Telling.Statement.of(
          "with touched as (update scim_user u set "
              + SET
              + """
                 where u.organization = :organization and u.id = :id and u.version = :version
                  and @unheard
                returning u.id),
              done as (select cast(id as text) as id from touched)
              """,
          TOLD_UPDATED,
          Rows.AUDIT + "jsonb_build_object('attributes', cast(:changed as text[])) from done");

  static final Telling.Statement CREATE_CLAIMING = CREATE.claiming("made", Table.USERS);

  static final Telling.Statement UPDATE_CLAIMING = UPDATE.claiming("touched", Table.USERS);

  private UserRowSql() {}
}
