package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.DeadLetter;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.GroupId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.plan.PlanJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Reads the changes that failed.
final class Failures {
  private static final String DEAD =
      """
      select c.plan, c.person, c.name, c.lane, c.state, c.attempts, c.problem, c.settled_at
      from change c
      where c.flow = :flow and c.state in ('refused', 'dead') and c.problem is not null
        and not exists (
          select 1 from change e
          where e.flow = :flow and e.person = c.person and e.plan > c.plan
            and e.state <> 'superseded')
        and (c.members = '[]' or exists (
          -- of a group only as long as nothing newer is about each whom it concerned
          select 1 from jsonb_array_elements(c.members) m
          where not exists (
            select 1 from change e
            where e.flow = :flow and e.members <> '[]' and e.members @> jsonb_build_array(
                jsonb_build_object('person', m.value->'person'))
              and e.name = c.name and e.plan > c.plan and e.state <> 'superseded')))
      order by c.lane, c.settled_at, c.plan, c.seq limit :count\
      """;

  private static final String SINCE =
      """
      select person, account, name, state from change
      where flow = :flow and members = '[]' and state in ('stale', 'refused', 'dead')
        and settled_at >= :since::timestamptz\
      """;

  private static final String GROUPS_SINCE =
      """
      select account, name, members, state from change
      where flow = :flow and members <> '[]' and state in ('stale', 'refused', 'dead')
        and settled_at >= :since::timestamptz
      union all
      select account, name, members, state from change
      where flow = :flow and request->>'kind' = 'create-group' and state = 'done'
        and settled_at >= :since::timestamptz\
      """;

  private static final String DIGESTS_SINCE =
      """
      select distinct digest from change
      where flow = :flow and state in ('refused', 'dead') and settled_at >= :since::timestamptz\
      """;

  /// A creation that may have happened though it ended otherwise.
  static final String IN_DOUBT =
      """
      c.request->>'kind' = 'create' and (c.doubtful or c.leased_by is not null)
        and c.state in ('superseded', 'stale', 'refused', 'dead')\
      """;

  private static final String DOUBTED =
      """
      select distinct c.person from change c
      where c.flow = :flow and
      """
          + IN_DOUBT
          + """

            and not exists (select 1 from link l where l.flow = :flow and l.person = c.person)\
          """;

  private Failures() {}

  static Set<PersonKey> doubted(Handle handle, FlowId flow) {
    return Binding.flow(handle.createQuery(DOUBTED), flow)
        .map((row, _) -> new PersonKey(row.getString(1)))
        .collectIntoSet();
  }

  static List<DeadLetter> deadLetters(Handle handle, FlowId flow, int countMax) {
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

  static List<Plans.Failure> since(Handle handle, FlowId flow, Instant since) {
    return Binding.flow(handle.createQuery(SINCE), flow)
        .bind("since", since)
        .map((row, _) ->
            new Plans.Failure(
                new PersonKey(row.getString("person")),
                Optional.ofNullable(row.getString("account")).map(AccountId::new),
                row.getString("name"),
                ChangeState.of(row.getString("state"))))
        .list();
  }

  static List<Plans.GroupEnd> groupsSince(Handle handle, FlowId flow, Instant since) {
    return Binding.flow(handle.createQuery(GROUPS_SINCE), flow)
        .bind("since", since)
        .map((row, _) ->
            new Plans.GroupEnd(
                Optional.ofNullable(row.getString("account")).map(GroupId::new),
                row.getString("name"),
                PlanJson.readMembers(ChangeJson.parse(row.getString("members"))).stream()
                    .map(Change.Member::person)
                    .toList(),
                ChangeState.of(row.getString("state"))))
        .list();
  }

  /// Digests of the changes that failed.
  static Set<String> digestsSince(Handle handle, FlowId flow, Instant since) {
    return Binding.flow(handle.createQuery(DIGESTS_SINCE), flow)
        .bind("since", since)
        .mapTo(String.class)
        .set();
  }
}
