package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.Claims.Claim;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Values that may stand only once in an organization. They are written by the statement that
/// writes their resource: who comes second fails with [Taken].
public final class UniqueStore {
  /// The constraint that is broken where a value is another's.
  public static final String CONSTRAINT = "unique_value_pkey";

  private static final String CLAIMED =
      """
      unnest(cast(:claimAttributes as text[]), cast(:claimKeys as text[])) as c(attribute, key)\
      """;

  /// What is claimed still is left alone, so that no key goes and comes in one statement.
  private static final String CLAIM =
      """
      released as (delete from unique_value v using ROWS
        where v.organization = :organization and v.HOLDER = ROWS.id
          and not exists (select from CLAIMED where c.attribute = v.attribute
            and c.key = v.value_key)),
      claimed as (insert into unique_value (organization, attribute, value_key, HOLDER)
        select :organization, c.attribute, c.key, ROWS.id from ROWS cross join CLAIMED
        where not exists (select from unique_value v where v.organization = :organization
          and v.attribute = c.attribute and v.value_key = c.key and v.HOLDER = ROWS.id)),
      """;

  private static final String HOLDER =
      """
      select v.attribute, coalesce(v.user_id, v.group_id, v.resource_id) as id,
        case when v.user_id is not null then 'User' when v.group_id is not null then 'Group'
          else v.type end as type
      from unique_value v
      join CLAIMED on v.attribute = c.attribute and v.value_key = c.key
      where v.organization = :organization
        and coalesce(v.user_id, v.group_id, v.resource_id) <> :id
      limit 1\
      """
          .replace("CLAIMED", CLAIMED);

  private final Database database;

  public UniqueStore(Database database) {
    this.database = database;
  }

  /// The same statement with the claims of the resources in its part `rows`; it must have a part
  /// `done`, and for resources bind their `type`.
  static String claiming(String statement, String rows, Table table) {
    var claim =
        switch (table) {
          case USERS -> CLAIM.replace("HOLDER", "user_id");
          case GROUPS -> CLAIM.replace("HOLDER", "group_id");
          case RESOURCES ->
              CLAIM
                  .replace("value_key, HOLDER)", "value_key, type, resource_id)")
                  .replace("c.key, ROWS.id", "c.key, :type, ROWS.id")
                  .replace("HOLDER", "resource_id");
        };
    return statement.replace(
        "done as (", claim.replace("CLAIMED", CLAIMED).replace("ROWS", rows) + "done as (");
  }

  static void put(Map<String, @Nullable Object> values, Claims claims) {
    values.put(
        "claimAttributes", claims.all().stream().map(Claim::attribute).toArray(String[]::new));
    values.put("claimKeys", claims.all().stream().map(Claim::key).toArray(String[]::new));
  }

  /// Who has a value, and which one.
  public record Holder(String attribute, String type, UUID id) {}

  /// Who else has one of these values; empty where nobody has any more.
  public Optional<Holder> holder(OrganizationId organization, UUID resource, Claims claims) {
    var values = Rows.of(organization);
    values.put("id", resource);
    put(values, claims);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(HOLDER)
                .bindMap(values)
                .map((row, _) ->
                    new Holder(
                        row.getString("attribute"),
                        row.getString("type"),
                        row.getObject("id", UUID.class)))
                .findOne());
  }
}
