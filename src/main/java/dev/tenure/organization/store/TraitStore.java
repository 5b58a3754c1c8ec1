package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// How clients speak SCIM: how often each trait was met.
public final class TraitStore {
  private static final String ADD =
      """
      insert into client_trait as t (organization, client, credential, trait, times, first_seen,
        last_seen, agent)
      select cast(:organization as text), n.client, n.credential, n.trait, n.times, n.first_seen,
        n.last_seen, n.agent
      from unnest(cast(:clients as text[]), cast(:credentials as text[]), cast(:traits as text[]),
          cast(:times as bigint[]), cast(:firsts as timestamptz[]), cast(:lasts as timestamptz[]),
          cast(:agents as text[]))
        as n (client, credential, trait, times, first_seen, last_seen, agent)
      on conflict (organization, client, credential, trait) do update set
        times = t.times + excluded.times,
        first_seen = least(t.first_seen, excluded.first_seen),
        last_seen = greatest(t.last_seen, excluded.last_seen),
        agent = case when excluded.last_seen < t.last_seen then t.agent else excluded.agent end\
      """;

  private static final String OF_CLIENT =
      """
      select client, credential, trait, times, first_seen, last_seen, agent from client_trait
      where organization = :organization and client = :name order by last_seen desc, trait\
      """;

  private static final String FORGET =
      "delete from client_trait where organization = :organization and last_seen < :before";

  private final Database database;

  public TraitStore(Database database) {
    this.database = database;
  }

  /// A trait of a client's credential. `trait` empty: its requests, with the last `agent`.
  public record TraitRow(
      String client,
      String credential,
      String trait,
      long times,
      Instant first,
      Instant last,
      String agent) {}

  /// Adds to what is known. No two rows are of the same client, credential and trait; they come in
  /// one order, so that nodes which write the same ones wait for each other and don't block.
  public void add(OrganizationId organization, List<TraitRow> rows) {
    var values = Rows.of(organization);
    values.put("clients", column(rows, TraitRow::client));
    values.put("credentials", column(rows, TraitRow::credential));
    values.put("traits", column(rows, TraitRow::trait));
    values.put("times", column(rows, row -> Long.toString(row.times())));
    values.put("firsts", column(rows, row -> row.first().toString()));
    values.put("lasts", column(rows, row -> row.last().toString()));
    values.put("agents", column(rows, TraitRow::agent));
    database.jdbi().useHandle(handle -> handle.createUpdate(ADD).bindMap(values).execute());
  }

  private static String[] column(List<TraitRow> rows, Function<TraitRow, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  /// All of a client, the one that was met last first.
  public List<TraitRow> of(OrganizationId organization, String client) {
    var values = Rows.of(organization);
    values.put("name", client);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(OF_CLIENT)
                .bindMap(values)
                .map((row, _) ->
                    new TraitRow(
                        row.getString("client"),
                        row.getString("credential"),
                        row.getString("trait"),
                        row.getLong("times"),
                        Rows.instant(row, "first_seen"),
                        Rows.instant(row, "last_seen"),
                        row.getString("agent")))
                .list());
  }

  /// Forgets what was not met since then.
  public void forget(OrganizationId organization, Instant before) {
    var values = Rows.of(organization);
    values.put("before", before);
    database.jdbi().useHandle(handle -> handle.createUpdate(FORGET).bindMap(values).execute());
  }
}
