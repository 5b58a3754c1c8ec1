package dev.tenure.deliver.store;

import dev.tenure.deliver.Pauses;
import dev.tenure.id.FlowId;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// A row for each flow that is stopped, written with its audit row.
public final class PostgresPauses implements Pauses {
  private static final String PAUSE =
      """
      with paused as (
        insert into flow_pause (flow, paused_at, actor, reason, leavers)
        values (:flow, :now::timestamptz, :actor, :reason, :leavers)
        on conflict (flow) do update
          set reason = excluded.reason, leavers = excluded.leavers, actor = excluded.actor)
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      values ('flow/' || :flow, :actor, 'flow.paused', :flow, :correlation,
        jsonb_build_object('reason', :reason::text, 'leavers', :leavers::boolean))\
      """;

  private static final String RESUME =
      """
      with resumed as (
        delete from flow_pause where flow = :flow
        returning paused_at)
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      select 'flow/' || :flow, :actor, 'flow.resumed', :flow, :correlation,
        jsonb_build_object('since', paused_at)
      from resumed\
      """;

  private static final String OF =
      """
      select paused_at, actor, reason, leavers from flow_pause
      where flow = :flow\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresPauses(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public void pause(FlowId flow, String reason, boolean leavers) {
    jdbi.useHandle(handle ->
        Binding.audited(handle.createUpdate(PAUSE), flow)
            .bind("now", clock.instant())
            .bind("reason", reason)
            .bind("leavers", leavers)
            .execute());
  }

  @Override
  public boolean resume(FlowId flow) {
    return jdbi.withHandle(
        handle -> Binding.audited(handle.createUpdate(RESUME), flow).execute() > 0);
  }

  @Override
  public Optional<Paused> of(FlowId flow) {
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(OF), flow)
            .map((row, _) ->
                new Paused(
                    row.getTimestamp("paused_at").toInstant(),
                    row.getString("actor"),
                    row.getString("reason"),
                    row.getBoolean("leavers")))
            .findOne());
  }
}
