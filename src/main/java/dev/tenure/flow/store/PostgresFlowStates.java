package dev.tenure.flow.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.flow.FlowStates;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rows of `flow_state`.
public final class PostgresFlowStates implements FlowStates {
  private static final String SELECT =
      """
      select started_at, ended_at, counts, findings, problem from flow_state
      where flow = :flow and started_at is not null\
      """;

  /// A failure is audited when it begins or changes, not each minute while it lasts.
  private static final String KEEP =
      """
      with before as (
        select problem->>'code' as code from flow_state where flow = :flow
      ), kept as (
        insert into flow_state
          (flow, started_at, ended_at, outcome, counts, findings, problem)
        values (:flow, :started::timestamptz, :ended::timestamptz, :outcome, :counts::jsonb,
          :findings::jsonb, :problem::jsonb)
        on conflict (flow) do update set started_at = excluded.started_at,
          ended_at = excluded.ended_at, outcome = excluded.outcome, counts = excluded.counts,
          findings = excluded.findings, problem = excluded.problem
      )
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      select 'flow/' || :flow, :actor, 'cycle.failed', :flow, :correlation, :problem::jsonb
      where :problem::jsonb is not null
        and :problem::jsonb->>'code' is distinct from (select code from before)\
      """;

  private final Jdbi jdbi;

  public PostgresFlowStates(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<FlowState> of(FlowId flow) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(SELECT)
            .bind("flow", flow.value())
            .map((row, _) -> state(flow, row))
            .findOne());
  }

  private static FlowState state(FlowId flow, ResultSet row) throws SQLException {
    return new FlowState(
        flow,
        Optional.ofNullable(row.getTimestamp("started_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant),
        counts(ChangeJson.parse(row.getString("counts"))),
        ChangeJson.problems(ChangeJson.parse(row.getString("findings"))),
        Optional.ofNullable(row.getString("problem"))
            .map(ChangeJson::parse)
            .map(ChangeJson::problem));
  }

  private static Map<String, Long> counts(JsonNode node) {
    var counts = new TreeMap<String, Long>();
    node.properties().forEach(e -> counts.put(e.getKey(), e.getValue().longValue()));
    return counts;
  }

  @Override
  public void keep(FlowState state) {
    var correlation = Correlation.current();
    jdbi.useHandle(handle ->
        handle
            .createUpdate(KEEP)
            .bind("flow", state.flow().value())
            .bind("actor", correlation.actor())
            .bind("correlation", correlation.id())
            .bind("started", state.startedAt().orElse(null))
            .bind("ended", state.endedAt().orElse(null))
            .bind("outcome", state.problem().isPresent() ? "failed" : "done")
            .bind("counts", JsonMapper.shared().writeValueAsString(state.counts()))
            .bind("findings", ChangeJson.problems(state.findings()).toString())
            .bind("problem", state.problem().map(PostgresFlowStates::json).orElse(null))
            .execute());
  }

  private static String json(Problem problem) {
    return ChangeJson.problem(problem).toString();
  }
}
