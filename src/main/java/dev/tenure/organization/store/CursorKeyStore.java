package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The keys that cursors are sealed with. All nodes share them.
public final class CursorKeyStore {
  private static final String ALL =
      """
      select id, secret, made_at from cursor_key where organization = :organization
      order by made_at desc, id\
      """;

  private static final String ADD =
      """
      with outdated as (
        delete from cursor_key where organization = :organization and made_at < :outdated)
      insert into cursor_key (organization, id, secret, made_at)
      values (:organization, :id, :secret, :madeAt)\
      """;

  private final Database database;

  public CursorKeyStore(Database database) {
    this.database = database;
  }

  /// A key of 256 bits.
  @SuppressWarnings("ArrayRecordComponent") // bound as bytea, never compared
  public record CursorKey(long id, byte[] secret, Instant madeAt) {}

  /// From the newest to the oldest.
  public List<CursorKey> all(OrganizationId organization) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(ALL)
                .bindMap(Rows.of(organization))
                .map((row, _) ->
                    new CursorKey(row.getLong(1), row.getBytes(2), Rows.instant(row, "made_at")))
                .list());
  }

  /// Adds a key, and drops those that are older than it by more than `kept`.
  public void add(OrganizationId organization, CursorKey key, Duration kept) {
    var values = Rows.of(organization);
    values.put("id", key.id());
    values.put("secret", key.secret());
    values.put("madeAt", key.madeAt());
    values.put("outdated", key.madeAt().minus(kept));
    database.jdbi().useHandle(handle -> handle.createUpdate(ADD).bindMap(values).execute());
  }
}
