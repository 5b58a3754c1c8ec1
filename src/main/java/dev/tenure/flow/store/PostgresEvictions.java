package dev.tenure.flow.store;

import dev.tenure.flow.Evictions;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// A row for each person who is evicted, written with its audit row.
public final class PostgresEvictions implements Evictions {
  private static final String EVICT =
      """
      with evicted as (
        insert into flow_eviction (flow, person, evicted_at, actor, reason)
        values (:flow, :person, cast(:now as timestamptz), :actor, :reason)
        on conflict (flow, person) do update
          set actor = excluded.actor, reason = excluded.reason)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      values ('flow/' || :flow, :actor, 'person.evicted', :person, :person, :correlation,
        jsonb_build_object('reason', cast(:reason as text)))\
      """;

  private static final String LIFT =
      """
      with lifted as (
        delete from flow_eviction where flow = :flow and person = :person
        returning evicted_at)
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select 'flow/' || :flow, :actor, 'eviction.lifted', :person, :person, :correlation,
        jsonb_build_object('since', evicted_at)
      from lifted\
      """;

  private static final String ALL =
      """
      select person, evicted_at, actor, reason from flow_eviction
      where flow = :flow\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresEvictions(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public void evict(FlowId flow, PersonKey person, String reason) {
    jdbi.useHandle(handle ->
        audited(handle.createUpdate(EVICT), flow, person)
            .bind("now", clock.instant())
            .bind("reason", reason)
            .execute());
  }

  @Override
  public boolean lift(FlowId flow, PersonKey person) {
    return jdbi.withHandle(
        handle -> audited(handle.createUpdate(LIFT), flow, person).execute() > 0);
  }

  @Override
  public Map<PersonKey, Eviction> of(FlowId flow) {
    var all = new HashMap<PersonKey, Eviction>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(ALL)
            .bind("flow", flow.value())
            .map((row, _) ->
                all.put(
                    new PersonKey(row.getString("person")),
                    new Eviction(
                        row.getTimestamp("evicted_at").toInstant(),
                        row.getString("actor"),
                        row.getString("reason"))))
            .list());
    return all;
  }

  private static <S extends SqlStatement<S>> S audited(S statement, FlowId flow, PersonKey person) {
    var correlation = Correlation.current();
    return statement
        .bind("flow", flow.value())
        .bind("person", person.value())
        .bind("actor", correlation.actor())
        .bind("correlation", correlation.id());
  }
}
