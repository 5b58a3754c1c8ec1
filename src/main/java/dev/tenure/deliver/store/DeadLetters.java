package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.DeadLetter;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Lane;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Reads the changes that were given up.
final class DeadLetters {
  private static final String DEAD =
      """
      select c.plan, c.person, c.name, c.lane, c.state, c.attempts, c.problem, c.settled_at
      from change c
      where c.flow = :flow and c.state in ('refused', 'dead') and c.problem is not null
        and not exists (
          select 1 from change e
          where e.flow = :flow and e.person = c.person and e.plan > c.plan
            and e.state <> 'superseded')
      order by c.lane, c.settled_at, c.plan, c.seq limit :count\
      """;

  private DeadLetters() {}

  static List<DeadLetter> of(Handle handle, FlowId flow, int countMax) {
    return Binding.flow(handle.createQuery(DEAD), flow)
        .bind("count", countMax)
        .map((row, _) ->
            new DeadLetter(
                new PlanNumber(row.getLong("plan")),
                new PersonKey(row.getString("person")),
                row.getString("name"),
                Lane.of(row.getInt("lane")),
                ChangeState.of(row.getString("state")),
                row.getInt("attempts"),
                ChangeJson.problem(ChangeJson.parse(row.getString("problem"))),
                row.getTimestamp("settled_at").toInstant()))
        .list();
  }
}
