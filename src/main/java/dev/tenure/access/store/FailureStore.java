package dev.tenure.access.store;

import dev.tenure.database.Database;
import java.time.Instant;
import java.util.Optional;

/// Sign-ins that failed, by a key that says who and from where.
public final class FailureStore {
  private static final String GET =
      """
      select failures, last_at from console_failure
      where key = :key and last_at >= cast(:since as timestamptz)\
      """;

  private static final String ADD =
      """
      insert into console_failure as f (key, failures, last_at)
      values (:key, 1, cast(:now as timestamptz))
      on conflict (key) do update set last_at = excluded.last_at,
        failures = case when f.last_at < cast(:since as timestamptz) then 1
          else f.failures + 1 end\
      """;

  private static final String REMOVE = "delete from console_failure where key = :key";

  private static final String TIDY =
      "delete from console_failure where last_at < cast(:since as timestamptz)";

  private final Database database;

  public FailureStore(Database database) {
    this.database = database;
  }

  /// How often it failed, and when it did last.
  public record Failed(int failures, Instant lastAt) {}

  /// What failed since then.
  public Optional<Failed> get(String key, Instant since) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(GET)
                .bind("key", key)
                .bind("since", since)
                .map((row, _) ->
                    new Failed(row.getInt("failures"), row.getTimestamp("last_at").toInstant()))
                .findOne());
  }

  /// Counts one more; what was before `since` does not count.
  public void add(String key, Instant now, Instant since) {
    database
        .jdbi()
        .useHandle(h -> {
          h.createUpdate(TIDY).bind("since", since).execute();
          h.createUpdate(ADD).bind("key", key).bind("now", now).bind("since", since).execute();
        });
  }

  public void remove(String key) {
    database.jdbi().useHandle(h -> h.createUpdate(REMOVE).bind("key", key).execute());
  }
}
