package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.util.List;

/// What is configured of the rate limits.
public final class LimitStore {
  private static final String DROP = "delete from rate_limit where organization = :organization";

  private static final String PUT =
      """
      insert into rate_limit (organization, client, per_minute, burst, by_window, flows)
      values (:organization, :client, :perMinute, :burst, :byWindow, :flows)\
      """;

  private static final String GET =
      """
      select client, per_minute, burst, by_window, flows from rate_limit
      where organization = :organization\
      """;

  private final Database database;

  public LimitStore(Database database) {
    this.database = database;
  }

  /// One limit; `client` empty: of all clients that have none of their own.
  public record LimitRow(
      String client, int perMinute, int burst, boolean byWindow, boolean flows) {}

  /// Replaces all limits of the organization.
  public void put(OrganizationId organization, List<LimitRow> rows) {
    database
        .jdbi()
        .useTransaction(handle -> {
          handle.createUpdate(DROP).bindMap(Rows.of(organization)).execute();
          for (var row : rows) {
            var values = Rows.of(organization);
            values.put("client", row.client());
            values.put("perMinute", row.perMinute());
            values.put("burst", row.burst());
            values.put("byWindow", row.byWindow());
            values.put("flows", row.flows());
            handle.createUpdate(PUT).bindMap(values).execute();
          }
        });
  }

  public List<LimitRow> get(OrganizationId organization) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(GET)
                .bindMap(Rows.of(organization))
                .map((row, _) ->
                    new LimitRow(
                        row.getString("client"),
                        row.getInt("per_minute"),
                        row.getInt("burst"),
                        row.getBoolean("by_window"),
                        row.getBoolean("flows")))
                .list());
  }
}
