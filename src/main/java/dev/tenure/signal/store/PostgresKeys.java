package dev.tenure.signal.store;

import dev.tenure.database.Database;
import dev.tenure.signal.Keys;
import java.time.OffsetDateTime;
import java.util.List;

/// The signing keys, in the one table that is not about an organization: small, and read by all.
public final class PostgresKeys implements Keys {
  private static final String ALL =
      "select generation, jwk, signs_from from signal_key order by generation";

  private static final String ADD =
      """
      insert into signal_key (generation, jwk, signs_from) values (:generation, :jwk, :signsFrom)
      on conflict (generation) do nothing\
      """;

  private static final String DROP = "delete from signal_key where generation < :generation";

  private final Database database;

  public PostgresKeys(Database database) {
    this.database = database;
  }

  @Override
  public List<Kept> all() {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(ALL)
                .map((row, _) ->
                    new Kept(
                        row.getInt("generation"),
                        row.getString("jwk"),
                        row.getObject("signs_from", OffsetDateTime.class).toInstant()))
                .list());
  }

  @Override
  public void add(Kept key) {
    database
        .jdbi()
        .useHandle(handle ->
            handle
                .createUpdate(ADD)
                .bind("generation", key.generation())
                .bind("jwk", new Hidden(key.jwk()))
                .bind("signsFrom", key.signsFrom())
                .execute());
  }

  @Override
  public void dropBefore(int generation) {
    database
        .jdbi()
        .useHandle(handle -> handle.createUpdate(DROP).bind("generation", generation).execute());
  }
}
