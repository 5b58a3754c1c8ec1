package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Choice;
import dev.tenure.deliver.DeadLetter;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.PlanState;
import dev.tenure.deliver.PlannedChange;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.Receipt;
import dev.tenure.deliver.StoredChange;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.deliver.store.Notes.Note;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Link;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.ResourceType;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// The plans of flows.
public final class PostgresPlans implements Plans {
  private static final Set<PlanState> LIVE =
      EnumSet.of(PlanState.OPEN, PlanState.APPLYING, PlanState.HELD);

  private static final String CHANGES =
      """
      select seq, lane, person, name, request, reasons, held, cluster, before, members,
        gives, takes, detour, state,
        attempts, problem, reference, settled_at
      from change
      where flow = :flow and plan = :number
      order by lane, seq\
      """;

  private static final String OF_PERSON =
      """
      select c.*, p.made_at
      from change c join plan p on p.flow = :flow and p.number = c.plan
      where c.flow = :flow and p.made_at <= cast(:until as timestamptz)
        and (c.person = :person or c.members <> '[]' and c.members @> jsonb_build_array(
          jsonb_build_object('person', cast(:person as text))))
      order by c.plan desc, c.seq limit :count\
      """;

  private static final String LINKS =
      """
      select links from plan
      where flow = :flow and number = :number\
      """;

  private static final String ACCEPT =
      """
      update plan set state = 'applying'
      where flow = :flow and number = :number
      returning links, unlinks\
      """;

  /// A change of a group is a line of the audit log for each person whom it concerns, so that it is
  /// found by them.
  static final String EACH_PERSON =
      """
        select r.person, r.reasons where r.members = '[]'
        union all
        select m.one->>'person', jsonb_build_array(g.reason)
        from jsonb_array_elements(r.members) with ordinality as m(one, i)
        join jsonb_array_elements(jsonb_path_query_array(
          r.reasons, '$[*] ? (@.attribute == "groups")')) with ordinality as g(reason, i)
          on g.i = m.i\
      """;

  private static final String UNFINISHED =
      """
      select number from plan
      where flow = :flow and state = 'applying'
      order by number\
      """;

  private static final String CLOSE =
      """
      update plan p
      set state = case when exists (
        select 1 from change c where c.flow = :flow and c.plan = :number and c.state = 'held')
        then 'held' else 'applied' end
      where p.flow = :flow and p.number = :number and p.state = 'applying' and not exists (
        select 1 from change c
        where c.flow = :flow and c.plan = :number and c.state in ('waiting', 'leased'))\
      """;

  /// What somebody was sending when they died, and a newer plan has overtaken.
  private static final String LAY_DOWN =
      """
      update change set state = 'superseded', settled_at = :now::timestamptz
      where flow = :flow and plan = :number and state = 'leased' and overtaken
        and lease_until <= :now::timestamptz\
      """;

  private static final String TAKE_OVER =
      """
      update change set lease_until = :now::timestamptz
      where flow = :flow and state = 'leased' and lease_until > :now::timestamptz\
      """;

  private static final String IS_HELD =
      """
      select exists (select 1 from change where flow = :flow and state = 'held')\
      """;

  private static final String LEAVERS =
      """
      select seq, lane, person, name, request, reasons, members, held, cluster, before,
        gives, takes, detour, state,
        attempts, problem, reference, settled_at
      from change
      where flow = :flow and lane = 0 and cluster in ('', 'held by hand') and members = '[]'
        and (state in ('waiting', 'leased')
          or state = 'done' and settled_at >= :since::timestamptz)\
      """;

  private final Jdbi jdbi;
  private final Clock clock;
  private final PostgresLinks links;

  public PostgresPlans(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.links = new PostgresLinks(jdbi, clock);
  }

  @Override
  public Optional<PlanNumber> save(FlowId flow, Draft draft) {
    return jdbi.inTransaction(handle -> new Saving(handle, flow, clock.instant()).save(draft));
  }

  @Override
  public Optional<StoredPlan> find(FlowId flow, PlanNumber number) {
    return jdbi.withHandle(handle -> find(handle, flow, number));
  }

  private static Optional<StoredPlan> find(Handle handle, FlowId flow, PlanNumber number) {
    return PlanRows.select(handle, flow, number.value(), 1).stream()
        .filter(plan -> plan.number().equals(number))
        .findFirst();
  }

  @Override
  public List<StoredPlan> list(FlowId flow, long numberMax, int countMax) {
    return jdbi.withHandle(handle -> PlanRows.select(handle, flow, numberMax, countMax));
  }

  @Override
  public List<Link> links(FlowId flow, PlanNumber number) {
    return jdbi.withHandle(handle ->
        numbered(handle.createQuery(LINKS), flow, number)
            .map((row, _) -> PostgresLinks.read(ChangeJson.parse(row.getString(1))))
            .findOne()
            .orElse(List.of()));
  }

  @Override
  public List<StoredChange> changes(FlowId flow, PlanNumber number, ResourceType userType) {
    return jdbi.withHandle(handle ->
        numbered(handle.createQuery(CHANGES), flow, number)
            .map((row, _) -> ChangeRows.read(row, userType))
            .list());
  }

  @Override
  public List<PlannedChange> changesOf(FlowId flow, PersonKey person, Until until) {
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(OF_PERSON), flow)
            .bind("person", person.value())
            .bind("until", until.time())
            .bind("count", until.countMax())
            .map((row, _) ->
                new PlannedChange(
                    new PlanNumber(row.getLong("plan")),
                    row.getTimestamp("made_at").toInstant(),
                    ChangeRows.read(row, until.userType()).to(person)))
            .list());
  }

  @Override
  public List<Row> page(FlowId flow, PlanNumber number, Wanted wanted) {
    return jdbi.withHandle(handle -> new ChangePages(handle, flow, number).page(wanted));
  }

  @Override
  public Standing standing(FlowId flow, PlanNumber number, Choice choice) {
    return jdbi.withHandle(handle -> new ChangePages(handle, flow, number).standing(choice));
  }

  @Override
  public List<Cluster> clusters(FlowId flow, PlanNumber number) {
    return jdbi.withHandle(handle -> new ChangePages(handle, flow, number).clusters());
  }

  @Override
  public List<Facet> departments(FlowId flow, PlanNumber number) {
    return jdbi.withHandle(handle -> new ChangePages(handle, flow, number).departments());
  }

  @Override
  public void accept(FlowId flow, PlanNumber number) {
    jdbi.useTransaction(handle -> {
      var before = live(handle, flow, number).state();
      var kept =
          numbered(handle.createQuery(ACCEPT), flow, number)
              .map((row, _) -> List.of(row.getString("links"), row.getString("unlinks")))
              .one();
      if (before == PlanState.OPEN) {
        links.drop(handle, flow, kept.getLast());
        links.keep(handle, flow, kept.getFirst());
      }
      Notes.add(handle, flow, new Note(number, "plan.applied", Map.of()));
    });
  }

  @Override
  public long approve(FlowId flow, Approval approval, String actor) {
    return jdbi.inTransaction(handle -> {
      var plan = live(handle, flow, approval.plan());
      return new Held(handle, plan, clock.instant()).approve(approval, actor);
    });
  }

  @Override
  public Holding hold(FlowId flow, Hold hold) {
    return jdbi.inTransaction(handle -> {
      var plan = live(handle, flow, hold.plan());
      return new Held(handle, plan, clock.instant()).hold(hold);
    });
  }

  /// The plan, locked until the transaction ends; throws unless something of it may still be sent.
  private static StoredPlan live(Handle handle, FlowId flow, PlanNumber number) {
    PlanRows.lock(handle, flow, number);
    var plan = find(handle, flow, number).orElseThrow(() -> unknown(flow, number).found());
    if (!LIVE.contains(plan.state())) throw outdated(plan).found();
    return plan;
  }

  private static Problem unknown(FlowId flow, PlanNumber number) {
    return new Problem(
        Code.PLAN_UNKNOWN,
        "there is no such plan",
        Map.of("flow", flow.value(), "plan", number.toString()),
        "make one with 'tenure plan', or list them with 'tenure status'");
  }

  private static Problem outdated(StoredPlan plan) {
    return new Problem(
        Code.PLAN_OUTDATED,
        plan.state() == PlanState.SUPERSEDED
            ? "a newer plan took its place"
            : "the plan is applied already",
        Map.of("flow", plan.flow().value(), "plan", plan.number().toString()),
        "make a new one with 'tenure plan'");
  }

  @Override
  public List<DeadLetter> deadLetters(FlowId flow, int countMax) {
    return jdbi.withHandle(handle -> Failures.deadLetters(handle, flow, countMax));
  }

  @Override
  public List<Receipt> receipts(FlowId flow, int countMax) {
    return jdbi.withHandle(
        handle -> new Receipts(handle, clock.instant()).of(flow, Optional.empty(), countMax));
  }

  @Override
  public List<Receipt> receipts(FlowId flow, PlanNumber plan, int countMax) {
    return jdbi.withHandle(
        handle -> new Receipts(handle, clock.instant()).of(flow, Optional.of(plan), countMax));
  }

  @Override
  public List<PlanNumber> retry(FlowId flow, Optional<PersonKey> person) {
    return jdbi.inTransaction(handle -> new Resending(handle, clock.instant()).of(flow, person));
  }

  @Override
  public List<PlanNumber> unfinished(FlowId flow) {
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(UNFINISHED), flow)
            .map((row, _) -> new PlanNumber(row.getLong(1)))
            .list());
  }

  @Override
  public void close(FlowId flow, PlanNumber number) {
    jdbi.useTransaction(handle -> {
      numbered(handle.createUpdate(LAY_DOWN), flow, number).bind("now", clock.instant()).execute();
      if (numbered(handle.createUpdate(CLOSE), flow, number).execute() == 0) return;
      var plan = find(handle, flow, number).orElseThrow(() -> unknown(flow, number).found());
      Notes.add(handle, flow, new Note(number, "plan.ended", counts(plan)));
    });
  }

  private static Map<String, Object> counts(StoredPlan plan) {
    var counts = new java.util.TreeMap<String, Object>();
    for (var state : ChangeState.values()) {
      if (plan.count(state) > 0) counts.put(state.wire(), plan.count(state));
    }
    return counts;
  }

  @Override
  public long takeOver(FlowId flow) {
    return jdbi.withHandle(handle ->
        (long)
            Binding.flow(handle.createUpdate(TAKE_OVER), flow)
                .bind("now", clock.instant())
                .execute());
  }

  @Override
  public boolean isHeld(FlowId flow) {
    return jdbi.withHandle(
        handle -> Binding.flow(handle.createQuery(IS_HELD), flow).mapTo(Boolean.class).one());
  }

  @Override
  public List<Change> leaversSince(FlowId flow, Instant since, ResourceType userType) {
    return jdbi.withHandle(handle ->
        Binding.flow(handle.createQuery(LEAVERS), flow)
            .bind("since", since)
            .map((row, _) -> ChangeRows.read(row, userType).change())
            .list());
  }

  @Override
  public List<Failure> failuresSince(FlowId flow, Instant since) {
    return jdbi.withHandle(handle -> Failures.since(handle, flow, since));
  }

  @Override
  public List<GroupEnd> groupsSince(FlowId flow, Instant since) {
    return jdbi.withHandle(handle -> Failures.groupsSince(handle, flow, since));
  }

  @Override
  public List<Taking> taking(FlowId flow) {
    return Takings.of(jdbi, flow);
  }

  @Override
  public Set<String> failedSince(FlowId flow, Instant since) {
    return jdbi.withHandle(handle -> Failures.digestsSince(handle, flow, since));
  }

  @Override
  public Set<PersonKey> doubted(FlowId flow) {
    return jdbi.withHandle(handle -> Failures.doubted(handle, flow));
  }

  private static <S extends SqlStatement<S>> S numbered(
      S statement, FlowId flow, PlanNumber number) {
    return Binding.flow(statement, flow).bind("number", number.value());
  }
}
