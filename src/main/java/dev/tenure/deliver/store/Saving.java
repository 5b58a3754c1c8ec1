package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.store.Notes.Note;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Change;
import dev.tenure.plan.Plan;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Saves one plan, in somebody's transaction.
final class Saving {
  private static final int ROWS_PER_STATEMENT = 1000;

  /// The last number, and lets the savings of one flow wait for each other.
  private static final String LAST =
      """
      insert into flow_state (flow) values (:flow)
      on conflict (flow) do update set last_plan = flow_state.last_plan
      returning last_plan\
      """;

  private static final String COUNT_ON =
      """
      update flow_state set last_plan = :number
      where flow = :flow\
      """;

  private static final String NEWEST =
      """
      select number from plan
      where flow = :flow and state in ('open', 'applying', 'held')
      order by number desc limit 1\
      """;

  private static final String OPEN_DIGESTS =
      """
      select digest from change
      where flow = :flow and plan = :number and state in ('waiting', 'held', 'leased')\
      """;

  private static final String SUPERSEDE_PLANS =
      """
      update plan set state = 'superseded'
      where flow = :flow and state in ('open', 'applying', 'held')\
      """;

  private static final String SUPERSEDE_CHANGES =
      """
      update change set state = 'superseded', settled_at = :now::timestamptz
      where flow = :flow and (state in ('waiting', 'held')
        or state = 'leased' and lease_until <= :now::timestamptz)
      returning person, request->>'kind' = 'create' and (doubtful or leased_by is not null)\
      """;

  private static final String INSERT_PLAN =
      """
      insert into plan
        (flow, number, made_at, made_by, state, config, population, findings, links,
        unlinks)
      values (:flow, :number, :now::timestamptz, :actor, 'open', :config, :population::jsonb,
        :findings::jsonb, :links::jsonb, :unlinks::jsonb)\
      """;

  /// What may have happened already through an older change is looked up before it is sent.
  private static final String INSERT_CHANGES =
      """
      insert into change (flow, plan, seq, lane, person, name, account, request, reasons, held,
        cluster, before, members, digest, state, next_at, doubtful)
      select :flow, :number, r.seq, r.lane, r.person, r.name, r.account, r.request, r.reasons,
        r.held, r.cluster, r.before, r.members, r.digest,
        case when r.held then 'held' else 'waiting' end, :now::timestamptz,
        :doubted::jsonb @> to_jsonb(r.person) or exists (
          select 1 from change e
          where e.flow = :flow and e.person = r.person and e.state = 'leased')
      from jsonb_to_recordset(:rows::jsonb) as r(seq int, lane smallint, person text, name text,
        account text, request jsonb, reasons jsonb, held boolean, cluster text,
        before jsonb, members jsonb, digest text)\
      """;

  private final Handle handle;
  private final FlowId flow;
  private final Instant now;

  Saving(Handle handle, FlowId flow, Instant now) {
    this.handle = handle;
    this.flow = flow;
    this.now = now;
  }

  Optional<PlanNumber> save(Plans.Draft draft) {
    var plan = draft.plan();
    var last = Binding.flow(handle.createQuery(LAST), flow).mapTo(Long.class).one();
    var same = sameAs(plan);
    if (same.isPresent()) return same;
    Binding.flow(handle.createUpdate(SUPERSEDE_PLANS), flow).execute();
    var doubted = supersede();
    if (plan.changes().isEmpty()) return Optional.empty();
    var number = new PlanNumber(last + 1);
    numbered(handle.createUpdate(COUNT_ON), number).execute();
    insert(number, draft);
    insert(number, plan.changes(), doubted);
    Notes.add(
        handle, flow, new Note(number, "plan.made", Map.of("changes", plan.changes().size())));
    return Optional.of(number);
  }

  /// The newest plan, where what is open of it is exactly what this one has.
  private Optional<PlanNumber> sameAs(Plan plan) {
    if (plan.changes().isEmpty()) return Optional.empty();
    var newest = Binding.flow(handle.createQuery(NEWEST), flow).mapTo(Long.class).findOne();
    return newest
        .map(PlanNumber::new)
        .filter(number -> open(number).equals(digests(plan.changes())));
  }

  private Set<String> open(PlanNumber number) {
    return numbered(handle.createQuery(OPEN_DIGESTS), number).mapTo(String.class).set();
  }

  private static Set<String> digests(List<Change> changes) {
    var digests = new HashSet<String>();
    changes.forEach(change -> digests.add(ChangeJson.digest(change)));
    return digests;
  }

  /// Supersedes what is open; the people whose creation may have happened, as a JSON array.
  private String supersede() {
    var people =
        Binding.flow(handle.createQuery(SUPERSEDE_CHANGES), flow)
            .bind("now", now)
            .map((row, _) -> row.getBoolean(2) ? row.getString(1) : "")
            .list();
    var array = tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
    people.stream().filter(person -> !person.isEmpty()).forEach(array::add);
    return array.toString();
  }

  private void insert(PlanNumber number, Plans.Draft draft) {
    var plan = draft.plan();
    numbered(handle.createUpdate(INSERT_PLAN), number)
        .bind("now", now)
        .bind("actor", Correlation.current().actor())
        .bind("config", draft.config().orElse(null))
        .bind("population", PlanRows.population(plan.population()).toString())
        .bind("findings", ChangeJson.problems(plan.findings()).toString())
        .bind("links", PostgresLinks.json(plan.links()).toString())
        .bind("unlinks", PostgresLinks.json(draft.unlinks()).toString())
        .execute();
  }

  private void insert(PlanNumber number, List<Change> changes, String doubted) {
    for (var from = 0; from < changes.size(); from += ROWS_PER_STATEMENT) {
      var to = Math.min(from + ROWS_PER_STATEMENT, changes.size());
      numbered(handle.createUpdate(INSERT_CHANGES), number)
          .bind("now", now)
          .bind("doubted", doubted)
          .bind("rows", ChangeRows.json(changes.subList(from, to), from + 1))
          .execute();
    }
  }

  private <S extends SqlStatement<S>> S numbered(S statement, PlanNumber number) {
    return Binding.flow(statement, flow).bind("number", number.value());
  }
}
