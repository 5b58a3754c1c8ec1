package dev.tenure.deliver.store;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.store.Notes.Note;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Has leavers' changes sent once more that were refused or given up, in somebody's transaction.
final class Resending {
  /// Each may have happened in part: it is looked at before it is sent. Where something newer was
  /// planned for the person, that is what counts.
  private static final String AGAIN =
      """
      with again as (
        update change c
        set state = 'waiting', next_at = :now::timestamptz, settled_at = null, attempts = 0,
          doubtful = true, leased_by = null, overtaken = false,
          steps_before = coalesce(c.steps_before, '[]') || coalesce(c.steps, '[]')
        where c.flow = :flow and c.lane = 0 and c.members = '[]'
          and c.state in ('refused', 'dead') and c.held_by_hand is null
          and (cast(:person as text) is null or c.person = :person)
          and not exists (
            select 1 from change e
            where e.flow = :flow and e.person = c.person and e.plan > c.plan
              and e.state <> 'superseded')
        returning c.plan
      ), counted as (
        select plan, count(*) as size from again group by plan
      )
      update plan p set state = 'applying' from counted n
      where p.flow = :flow and p.number = n.plan
      returning p.number, n.size\
      """;

  private final Handle handle;
  private final Instant now;

  Resending(Handle handle, Instant now) {
    this.handle = handle;
    this.now = now;
  }

  /// The plans in which they stand, oldest first.
  List<PlanNumber> of(FlowId flow, Optional<PersonKey> person) {
    var found =
        Binding.flow(handle.createQuery(AGAIN), flow)
            .bind("person", person.map(PersonKey::value).orElse(null))
            .bind("now", now)
            .map((row, _) ->
                new Note(
                    new PlanNumber(row.getLong("number")),
                    "plan.retried",
                    Map.of("changes", row.getLong("size"))))
            .list();
    found.forEach(note -> Notes.add(handle, flow, note));
    return found.stream().map(Note::plan).sorted().toList();
  }
}
