package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.ReadBack;
import dev.tenure.deliver.Receipt;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Reads what became of leavers.
final class Receipts {
  /// Who is still inside first, the longest first; then the latest. What a newer plan said again is
  /// not told twice.
  private static final String LEAVERS =
      """
      select c.plan, c.person, c.name, c.reasons, c.state, c.read_back, p.made_at, c.settled_at,
        c.reference, c.steps, c.steps_before, (
          select jsonb_agg(jsonb_build_object('members', g.members, 'reasons', g.reasons,
            'at', g.settled_at, 'done', g.state = 'done', 'readBack', g.read_back,
            'reference', g.reference) order by g.plan, g.seq)
          from change g
          where g.flow = :flow and g.plan >= c.plan and g.lane = 0 and g.members <> '[]'
            and g.members @> jsonb_build_array(jsonb_build_object('person', c.person))
            and g.state not in ('superseded', 'stale')) as left_groups
      from change c join plan p on p.flow = :flow and p.number = c.plan
      where c.flow = :flow and (cast(:plan as bigint) is null or c.plan = :plan)
        and c.lane = 0 and c.members = '[]'
        and c.state not in ('superseded', 'stale')
        and (p.state in ('applying', 'applied', 'held') or c.state in ('refused', 'dead')
          and not exists (
            select 1 from change e
            where e.flow = :flow and e.person = c.person and e.plan > c.plan
              and e.state <> 'superseded'))
      order by c.state = 'done', case when c.state <> 'done' then p.made_at end,
        c.settled_at desc, c.plan desc, c.seq
      limit :count\
      """;

  private final Handle handle;
  private final Instant now;

  Receipts(Handle handle, Instant now) {
    this.handle = handle;
    this.now = now;
  }

  /// Of one plan, or of all.
  List<Receipt> of(FlowId flow, Optional<PlanNumber> plan, int countMax) {
    return Binding.flow(handle.createQuery(LEAVERS), flow)
        .bind("plan", plan.map(PlanNumber::value).orElse(null))
        .bind("count", countMax)
        .map((row, _) -> receipt(row))
        .list();
  }

  private Receipt receipt(ResultSet row) throws SQLException {
    var planned = row.getTimestamp("made_at").toInstant();
    var settled = Optional.ofNullable(row.getTimestamp("settled_at")).map(Timestamp::toInstant);
    var reasons = ChangeJson.reasons(ChangeJson.parse(row.getString("reasons")));
    return new Receipt(
        new PlanNumber(row.getLong("plan")),
        new PersonKey(row.getString("person")),
        row.getString("name"),
        reasons.stream().map(Change.Reason::attribute).distinct().toList(),
        ChangeState.of(row.getString("state")),
        Optional.ofNullable(row.getString("read_back")).map(ReadBack::of),
        planned,
        settled,
        Duration.between(planned, settled.orElse(now)),
        Optional.ofNullable(row.getString("reference")),
        LeftGroups.steps(row));
  }
}
