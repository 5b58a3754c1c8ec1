package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.PlanState;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows of `plan`.
final class PlanRows {
  private static final String SELECT =
      """
      select number, made_at, made_by, state, config, population, findings, approved_by,
        (select coalesce(jsonb_object_agg(state, size), '{}') from (
          select state, count(*) as size from change c
          where c.flow = :flow and c.plan = p.number group by state) s) as counts
      from plan p
      where flow = :flow and number <= :number
      order by number desc limit :count\
      """;

  private static final String LOCK =
      """
      select number from plan
      where flow = :flow and number = :number
      for update\
      """;

  private PlanRows() {}

  /// Plans up to this number, newest first.
  static List<StoredPlan> select(Handle handle, FlowId flow, long number, int countMax) {
    return Binding.flow(handle.createQuery(SELECT), flow)
        .bind("number", number)
        .bind("count", countMax)
        .map((row, _) -> read(flow, row))
        .list();
  }

  /// Keeps others from changing this plan until the transaction ends.
  static void lock(Handle handle, FlowId flow, PlanNumber number) {
    Binding.flow(handle.createQuery(LOCK), flow)
        .bind("number", number.value())
        .mapTo(Long.class)
        .findOne();
  }

  private static StoredPlan read(FlowId flow, ResultSet row) throws SQLException {
    return new StoredPlan(
        flow,
        new PlanNumber(row.getLong("number")),
        row.getTimestamp("made_at").toInstant(),
        row.getString("made_by"),
        PlanState.of(row.getString("state")),
        Optional.ofNullable(row.getString("config")),
        population(ChangeJson.parse(row.getString("population"))),
        ChangeJson.problems(ChangeJson.parse(row.getString("findings"))),
        counts(ChangeJson.parse(row.getString("counts"))),
        Optional.ofNullable(row.getString("approved_by")));
  }

  static ObjectNode population(Plan.Population population) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("inScope", population.inScope())
        .put("accounts", population.accounts())
        .put("linked", population.linked());
  }

  private static Plan.Population population(JsonNode node) {
    return new Plan.Population(
        node.get("inScope").longValue(),
        node.get("accounts").longValue(),
        node.get("linked").longValue());
  }

  private static Map<ChangeState, Long> counts(JsonNode node) {
    var counts = new EnumMap<ChangeState, Long>(ChangeState.class);
    node.properties()
        .forEach(e -> counts.put(ChangeState.of(e.getKey()), e.getValue().longValue()));
    return counts;
  }
}
