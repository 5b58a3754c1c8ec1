package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Users that were deleted and can be restored.
public final class DeletedStore {
  private static final int BATCH = 1_000;

  private static final String LIST =
      """
      select id, user_name_key, external_id, version, created, deleted_at,
        cast(document as text) as document
      from deleted_user where organization = :organization
        and (cast(:key as text) is null or user_name_key = :key)
        and (cast(:id as uuid) is null or id = :id)
      order by deleted_at desc, id limit :most\
      """;

  private static final String PURGE =
      """
      with old as (select id from deleted_user where organization = :organization
          and deleted_at < :before order by deleted_at limit :most for update skip locked),
      gone as (delete from deleted_user d using old where d.organization = :organization
        and d.id = old.id returning d.id, d.document ->> 'userName' as user_name),
      done as (select cast(id as text) as id, user_name from gone)
      """
          + Rows.AUDIT.replace("cast(:person as text)", "done.user_name")
          + "'{}' from done";

  private static final String FORGET =
      """
      delete from session s where s.organization = :organization and s.expires_at < :before
        and exists (select from session n where n.organization = :organization
          and n.user_id = s.user_id and n.started_at > s.started_at)\
      """;

  private final Database database;

  public DeletedStore(Database database) {
    this.database = database;
  }

  /// A deleted user; its document is that of its last day.
  public record Deleted(
      UUID id,
      String userNameKey,
      @Nullable String externalId,
      long version,
      Instant created,
      Instant deletedAt,
      String document) {}

  /// The deleted user of this id.
  public Optional<Deleted> get(OrganizationId organization, UUID id) {
    return list(organization, id, null, 1).stream().findFirst();
  }

  /// The latest deleted ones, by folded userName where it is given.
  public List<Deleted> list(OrganizationId organization, @Nullable String key, int most) {
    return list(organization, null, key, most);
  }

  private List<Deleted> list(
      OrganizationId organization, @Nullable UUID id, @Nullable String key, int most) {
    var values = Rows.of(organization);
    values.put("id", id);
    values.put("key", key);
    values.put("most", most);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(LIST)
                .bindMap(values)
                .map((row, _) ->
                    new Deleted(
                        row.getObject("id", UUID.class),
                        row.getString("user_name_key"),
                        row.getString("external_id"),
                        row.getLong("version"),
                        Rows.instant(row, "created"),
                        Rows.instant(row, "deleted_at"),
                        row.getString("document")))
                .list());
  }

  /// Ends the keeping of those deleted before this time; how many. Several nodes may do it at once.
  public int purge(OrganizationId organization, Instant before, Instant now) {
    var values = Rows.audited(organization, now, "user.purged", "");
    values.put("before", before);
    values.put("most", BATCH);
    int all = 0;
    int some = BATCH;
    while (some == BATCH) {
      some = database.jdbi().withHandle(h -> h.createUpdate(PURGE).bindMap(values).execute());
      all += some;
    }
    return all;
  }

  /// Drops the sessions that ended before this time by themselves, but the last one of each user:
  /// it tells when somebody last signed in.
  public void forgetSessions(OrganizationId organization, Instant before) {
    var values = Rows.of(organization);
    values.put("before", before);
    database.jdbi().useHandle(h -> h.createUpdate(FORGET).bindMap(values).execute());
  }
}
