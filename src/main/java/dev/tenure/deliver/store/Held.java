package dev.tenure.deliver.store;

import dev.tenure.deliver.Choice;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.deliver.store.Notes.Note;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// What is held back of one plan, by the guard or by hand, in somebody's transaction.
final class Held {
  private static final String RELEASE =
      """
      with released as (
        update change c set state = 'waiting', held_by_hand = null, next_at = :now::timestamptz
        where c.flow = :flow and c.plan = :number and c.state = 'held'
          and (:person::text is null or c.person = :person::text
            or c.members <> '[]' and not exists (
              select 1 from jsonb_array_elements(c.members) m
              where m.value->>'person' <> :person::text))
      """
          + ChangePages.CHOSEN
          + """
            returning seq, person, name, account, reasons, members, cluster)
          insert into audit_entry (log, actor, action, subject, person, correlation, detail)
          select 'flow/' || :flow, :approver, 'change.approved', coalesce(r.account, r.person),
            w.person, :correlation, jsonb_build_object(
              'plan', :number::bigint, 'change', r.seq, 'name', r.name, 'reasons', w.reasons,
              'cluster', r.cluster)
          from released r cross join lateral (
          """
          + PostgresPlans.EACH_PERSON
          + """
          ) w\
          """;

  private static final String APPROVED =
      """
      update plan
      set approved_by = :approver, approved_at = :now::timestamptz,
        state = case when state = 'held' then 'applying' else state end
      where flow = :flow and number = :number\
      """;

  /// What is being sent is marked only: it is held if it comes back unsent.
  private static final String HOLD =
      """
      with r as (
        update change c set state = case when state = 'waiting' then 'held' else state end,
          cluster = case when state = 'waiting' and cluster = '' then 'held by hand'
            else cluster end,
          held_by_hand = jsonb_build_object(
            'by', :actor::text, 'at', :now::timestamptz, 'reason', :reason::text)
        where c.flow = :flow and c.plan = :number
          and (c.state = 'waiting' or c.state = 'leased' and not c.overtaken)
          and (:leavers or c.lane > 0)
      """
          + ChangePages.CHOSEN
          + """
            returning seq, person, name, account, reasons, members, cluster, state
          ), told as (
            insert into audit_entry (log, actor, action, subject, person, correlation, detail)
            select 'flow/' || :flow, :actor, 'change.held', coalesce(r.account, r.person),
              w.person, :correlation, jsonb_build_object(
                'plan', :number::bigint, 'change', r.seq, 'name', r.name, 'reasons', w.reasons,
                'cluster', r.cluster)
            from r cross join lateral (
          """
          + PostgresPlans.EACH_PERSON
          + """
                ) w
            where r.state = 'held')
          select count(*) filter (where state = 'held') as held,
            count(*) filter (where state = 'leased') as sending
          from r\
          """;

  private static final String LEAVERS =
      """
      select count(*) from change c
      where c.flow = :flow and c.plan = :number and c.lane = 0
        and c.state in ('waiting', 'leased')
      """
          + ChangePages.CHOSEN;

  private final Handle handle;
  private final StoredPlan plan;
  private final Instant now;

  /// `plan` is locked.
  Held(Handle handle, StoredPlan plan, Instant now) {
    this.handle = handle;
    this.plan = plan;
    this.now = now;
  }

  long approve(Plans.Approval approval, String actor) {
    var choice = approval.choice();
    var count =
        Binding.audited(chosen(handle.createUpdate(RELEASE), choice), plan.flow())
            .bind("approver", actor)
            .bind("person", approval.person().map(PersonKey::value).orElse(null))
            .bind("now", now)
            .execute();
    if (count == 0 && !choice.given().isEmpty()) throw nothing(choice);
    if (count == 0 && approval.person().isPresent()) return 0;
    note("plan.approved", choice, Map.of("changes", count));
    numbered(handle.createUpdate(APPROVED)).bind("approver", actor).bind("now", now).execute();
    return count;
  }

  Plans.Holding hold(Plans.Hold hold) {
    var choice = hold.choice();
    var held =
        Binding.audited(chosen(handle.createQuery(HOLD), choice), plan.flow())
            .bind("leavers", hold.leavers())
            .bind("reason", hold.reason())
            .bind("now", now)
            .map((row, _) -> new long[] {row.getLong("held"), row.getLong("sending")})
            .one();
    var leavers = chosen(handle.createQuery(LEAVERS), choice).mapTo(Long.class).one();
    var holding = new Plans.Holding(held[0], held[1], hold.leavers() ? 0 : leavers);
    if (holding.isNothing() && !choice.given().isEmpty()) throw nothing(choice);
    note(
        "plan.held",
        choice,
        Map.of("changes", held[0], "leavers", hold.leavers(), "reason", hold.reason()));
    return holding;
  }

  private void note(String action, Choice choice, Map<String, Object> facts) {
    var all = new TreeMap<>(facts);
    all.putAll(choice.given().isEmpty() ? Map.of("cluster", "all") : choice.given());
    Notes.add(handle, plan.flow(), new Note(plan.number(), action, all));
  }

  private RuntimeException nothing(Choice choice) {
    var details = new TreeMap<>(choice.given());
    details.put("plan", plan.number().toString());
    if (choice.cluster().isEmpty()) {
      return new Problem(
              Code.CHOICE_EMPTY,
              "nothing of this choice is held, or can be, in the plan",
              details,
              "look at what there is: tenure show " + plan.flow() + " " + plan.number())
          .found();
    }
    var names =
        plan.findings().stream()
            .flatMap(f -> Optional.ofNullable(f.details().get("cluster")).stream())
            .collect(Collectors.joining(", "));
    details.put("clusters", names);
    return new Problem(
            Code.CLUSTER_UNKNOWN,
            "nothing of this cluster is held, or can be, in the plan",
            details,
            "give one of those that the plan has, in quotes")
        .found();
  }

  private <S extends SqlStatement<S>> S chosen(S statement, Choice choice) {
    return ChangePages.chosen(numbered(statement), choice);
  }

  private <S extends SqlStatement<S>> S numbered(S statement) {
    return Binding.flow(statement, plan.flow()).bind("number", plan.number().value());
  }
}
