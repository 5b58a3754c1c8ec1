package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.PlanState;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.store.Notes.Note;
import dev.tenure.deliver.store.Shares.Divided;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

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

  private static final String OPEN_COUNT =
      """
      select count(*) from change
      where flow = :flow and not overtaken and (state in ('waiting', 'held') or state = 'leased')\
      """;

  private static final String OPEN_CHANGES =
      """
      select c.person, c.digest, c.plan, p.state
      from change c join plan p on p.flow = :flow and p.number = c.plan
      where c.flow = :flow and not c.overtaken
        and (c.state in ('waiting', 'held') or c.state = 'leased')\
      """;

  private static final String OPEN_CHANGES_OF =
      """
      select c.person, c.digest, c.plan, p.state
      from jsonb_array_elements_text(:people::jsonb) n
        join change c on c.flow = :flow and c.person = n.value
        join plan p on p.flow = :flow and p.number = c.plan
      where not c.overtaken and p.state in ('applying', 'held')
        and (c.state in ('waiting', 'held')
          or c.state = 'leased' and c.lease_until > :now::timestamptz)\
      """;

  private static final String SUPERSEDE_PLANS =
      """
      update plan set state = 'superseded'
      where flow = :flow and state in ('open', 'applying', 'held')\
      """;

  /// A plan that is being applied is closed by its delivery.
  private static final String END_EMPTIED =
      """
      update plan p
      set state = case when exists (
        select 1 from change c where c.flow = :flow and c.plan = p.number and c.state = 'done')
        then 'applied' else 'superseded' end
      where p.flow = :flow and p.state in ('open', 'held') and not exists (
        select 1 from change c
        where c.flow = :flow and c.plan = p.number and c.state in ('waiting', 'leased', 'held'))\
      """;

  /// What is being sent is marked only. A delivery that settles at the same moment waits for this,
  /// or this for it: whichever comes second sees what the other one wrote. A leaver who is locked
  /// but for some steps is given up instead: the new plan sees the lock only, and would lose them.
  private static final String SUPERSEDE =
      """
      update change c
      set overtaken = true,
        state = case when c.state = 'leased' and c.lease_until > :now::timestamptz
          then 'leased'
          when c.state = 'waiting' and c.lane = 0 and c.steps is not null then 'dead'
          else 'superseded' end,
        settled_at = case when c.state = 'leased' and c.lease_until > :now::timestamptz
          then null else :now::timestamptz end\
      """;

  private static final String OPEN =
      """

      where c.flow = :flow and (c.state in ('waiting', 'held') or c.state = 'leased')\
      """;

  private static final String SUPERSEDE_ALL = SUPERSEDE + OPEN;

  private static final String SUPERSEDE_OF =
      SUPERSEDE
          + " from jsonb_array_elements_text(:people::jsonb) n"
          + OPEN
          + " and c.person = n.value";

  private static final String INSERT_PLAN =
      """
      insert into plan
        (flow, number, made_at, made_by, state, config, population, findings, links,
        unlinks)
      values (:flow, :number, :now::timestamptz, :actor, 'open', :config, :population::jsonb,
        :findings::jsonb, :links::jsonb, :unlinks::jsonb)\
      """;

  /// What may have happened already through an older change, whatever came between, is looked up
  /// before it is sent. What was held by hand until this moment stays so; a leaver only where a
  /// leaver was.
  private static final String INSERT_CHANGES =
      """
      insert into change (flow, plan, seq, lane, person, name, account, request, reasons, held,
        cluster, before, members, gains, gives, takes, detour, digest, state, next_at, doubtful,
        held_by_hand)
      select :flow, :number, r.seq, r.lane, r.person, r.name, r.account, r.request, r.reasons,
        r.held, case when r.cluster = '' and h.hold is not null then 'held by hand'
          else r.cluster end, r.before, r.members, r.gains, r.gives, r.takes, r.detour,
        r.digest,
        case when r.held or h.hold is not null then 'held' else 'waiting' end,
        :now::timestamptz,
        r.doubtful or exists (
          select 1 from change e
          where e.flow = :flow and e.person = r.person and e.state = 'leased')
        or r.request->>'kind' = 'create' and exists (
          select 1 from change c where c.flow = :flow and c.person = r.person and %s),
        h.hold
      from jsonb_to_recordset(:rows::jsonb) as r(seq int, lane smallint, person text, name text,
        account text, request jsonb, reasons jsonb, held boolean, cluster text,
        before jsonb, members jsonb, gains text[], gives text, takes text, detour text,
        digest text, doubtful boolean)
      left join lateral (
        select e.held_by_hand as hold from change e
        where e.flow = :flow and e.person = r.person and e.held_by_hand is not null
          and (r.lane > 0 or e.lane = 0)
          and (e.state = 'leased' or e.state = 'superseded' and e.settled_at = :now::timestamptz)
        order by e.plan desc limit 1) h on true\
      """
          .formatted(Failures.IN_DOUBT);

  private final Handle handle;
  private final FlowId flow;
  private final Instant now;

  Saving(Handle handle, FlowId flow, Instant now) {
    this.handle = handle;
    this.flow = flow;
    this.now = now;
  }

  Optional<PlanNumber> save(Plans.Draft draft) {
    var last = Binding.flow(handle.createQuery(LAST), flow).mapTo(Long.class).one();
    return draft.concerning().isPresent()
        ? partly(draft, draft.concerning().get(), last)
        : wholly(draft, last);
  }

  private Optional<PlanNumber> wholly(Plans.Draft draft, long last) {
    var changes = draft.plan().changes();
    var same = sameAs(changes);
    if (same.isPresent()) return same;
    Binding.flow(handle.createUpdate(SUPERSEDE_PLANS), flow).execute();
    supersede(handle.createUpdate(SUPERSEDE_ALL));
    return kept(draft, new Divided(changes), last);
  }

  private Optional<PlanNumber> partly(Plans.Draft draft, Set<PersonKey> people, long last) {
    var divided = new Shares(handle, flow, now).divide(draft, people);
    var digests = new HashMap<String, String>();
    divided.changes().forEach(c -> digests.put(c.person().value(), ChangeJson.digest(c)));
    var staying = new HashMap<String, PlanNumber>();
    for (var open : openOf(people)) {
      if (open.digest().equals(digests.get(open.person()))) staying.put(open.person(), open.plan());
    }
    var others = new HashSet<>(divided.superseded());
    people.stream().filter(p -> !staying.containsKey(p.value())).forEach(others::add);
    supersede(handle.createUpdate(SUPERSEDE_OF).bind("people", Shares.names(others)));
    Binding.flow(handle.createUpdate(END_EMPTIED), flow).execute();
    var changes =
        divided.changes().stream()
            .filter(c -> !staying.containsKey(c.person().value()))
            .map(c -> c.isOfGroup() ? c.under(subject(c, last + 1)) : c)
            .toList();
    return kept(draft, divided.with(changes), last)
        .or(() ->
            Stream.concat(staying.values().stream(), divided.staying().stream())
                .max(Comparator.naturalOrder()));
  }

  /// What stands for a group stands for it in many plans, each of which may have something open.
  private static PersonKey subject(Change change, long plan) {
    return new PersonKey(change.person() + "@" + plan);
  }

  /// `last` is the last number that there is.
  private Optional<PlanNumber> kept(Plans.Draft draft, Divided what, long last) {
    var changes = what.changes();
    if (changes.isEmpty()) return Optional.empty();
    var number = new PlanNumber(last + 1);
    numbered(handle.createUpdate(COUNT_ON), number).execute();
    insert(number, draft);
    insert(number, what);
    Notes.add(handle, flow, new Note(number, "plan.made", Map.of("changes", changes.size())));
    return Optional.of(number);
  }

  /// A change that may still be sent.
  private record OpenChange(String person, String digest, PlanNumber plan, PlanState state) {}

  /// The newest plan, where what is open is exactly what this one has, and either all of it may be
  /// sent or all of it waits for being accepted.
  private Optional<PlanNumber> sameAs(List<Change> changes) {
    if (changes.isEmpty()) return Optional.empty();
    var count = Binding.flow(handle.createQuery(OPEN_COUNT), flow).mapTo(Long.class).one();
    if (count != changes.size()) return Optional.empty();
    var open = open(Binding.flow(handle.createQuery(OPEN_CHANGES), flow));
    var digests = open.stream().map(OpenChange::digest).collect(Collectors.toSet());
    var plans = open.stream().map(OpenChange::plan).collect(Collectors.toCollection(TreeSet::new));
    boolean mixed = plans.size() > 1 && open.stream().anyMatch(c -> c.state() == PlanState.OPEN);
    return mixed || !digests.equals(digests(changes))
        ? Optional.empty()
        : Optional.of(plans.getLast());
  }

  private List<OpenChange> openOf(Set<PersonKey> people) {
    return open(
        Binding.flow(handle.createQuery(OPEN_CHANGES_OF), flow)
            .bind("people", Shares.names(people))
            .bind("now", now));
  }

  private static List<OpenChange> open(Query query) {
    return query
        .map((row, _) ->
            new OpenChange(
                row.getString("person"),
                row.getString("digest"),
                new PlanNumber(row.getLong("plan")),
                PlanState.of(row.getString("state"))))
        .list();
  }

  private static Set<String> digests(List<Change> changes) {
    var digests = new HashSet<String>();
    changes.forEach(change -> digests.add(ChangeJson.digest(change)));
    return digests;
  }

  private void supersede(Update what) {
    Binding.flow(what, flow).bind("now", now).execute();
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

  private void insert(PlanNumber number, Divided what) {
    var changes = what.changes();
    for (var from = 0; from < changes.size(); from += ROWS_PER_STATEMENT) {
      var to = Math.min(from + ROWS_PER_STATEMENT, changes.size());
      numbered(handle.createUpdate(INSERT_CHANGES), number)
          .bind("now", now)
          .bind("rows", ChangeRows.json(changes.subList(from, to), from + 1, what::isDoubtful))
          .execute();
    }
  }

  private <S extends SqlStatement<S>> S numbered(S statement, PlanNumber number) {
    return Binding.flow(statement, flow).bind("number", number.value());
  }
}
