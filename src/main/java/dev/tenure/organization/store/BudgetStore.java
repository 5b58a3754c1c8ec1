package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The budgets that several nodes draw from. The time is the database's: that of the nodes may
/// differ.
public final class BudgetStore {
  /// What has come back since the last draw, up to the whole; by window, the whole after a minute.
  private static final String AVAILABLE =
      """
      case when :byWindow and statement_timestamp() - b.at < interval '1 minute'
          then least(:burst, b.tokens)
        when :byWindow then :burst
        else least(:burst, b.tokens + :perSecond
          * greatest(0, extract(epoch from statement_timestamp() - b.at)::double precision)) end
      """;

  /// `at` never goes back: statements of several nodes may overtake each other.
  private static final String DRAW =
      """
      insert into client_budget as b (organization, client, tokens, at, drawn)
      values (:organization, :client,
        cast(:start as double precision) - least(:block, floor(cast(:start as double precision))),
        statement_timestamp(), least(:block, floor(cast(:start as double precision))))
      on conflict (organization, client) do update set
        drawn = least(:block, floor({available})),
        tokens = {available} - least(:block, floor({available})),
        at = case when :byWindow and statement_timestamp() - b.at < interval '1 minute' then b.at
          else greatest(b.at, statement_timestamp()) end
      returning drawn, tokens,
        extract(epoch from statement_timestamp() - at)::double precision as age\
      """
          .replace("{available}", AVAILABLE);

  private static final String LEFT =
      """
      select {available} as left from client_budget b
      where b.organization = :organization and b.client = :client\
      """
          .replace("{available}", AVAILABLE);

  private final Database database;

  public BudgetStore(Database database) {
    this.database = database;
  }

  /// Whose budget.
  public record Row(OrganizationId organization, String client) {}

  /// What holds of it; `start`: with how much it begins where it does not exist yet.
  public record Terms(double perSecond, int burst, boolean byWindow, double start) {}

  /// What came: `count` requests for the node, `left` for others; the window is `ageSeconds` old.
  public record Drawn(int count, double left, double ageSeconds) {}

  /// Draws at most `block` requests.
  public Drawn draw(Row row, Terms terms, int block) {
    var values = values(row, terms);
    values.put("block", (double) block);
    values.put("start", terms.start());
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(DRAW)
                .bindMap(values)
                .map((drawn, _) ->
                    new Drawn(
                        drawn.getInt("drawn"),
                        drawn.getDouble("tokens"),
                        Math.max(0, drawn.getDouble("age"))))
                .one());
  }

  /// How much of it no node has drawn now; absent where none has drawn anything yet.
  public Optional<Double> left(Row row, Terms terms) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery(LEFT).bindMap(values(row, terms)).mapTo(Double.class).findOne());
  }

  private static Map<String, @Nullable Object> values(Row row, Terms terms) {
    var values = Rows.of(row.organization());
    values.put("client", row.client());
    values.put("burst", (double) terms.burst());
    values.put("perSecond", terms.perSecond());
    values.put("byWindow", terms.byWindow());
    return values;
  }
}
