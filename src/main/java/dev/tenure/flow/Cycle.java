package dev.tenure.flow;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Delivery;
import dev.tenure.deliver.DeliveryReport;
import dev.tenure.deliver.Links;
import dev.tenure.deliver.Observed;
import dev.tenure.deliver.ObservedGroups;
import dev.tenure.deliver.Pauses;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.Progress;
import dev.tenure.deliver.TimeAndChance;
import dev.tenure.id.AccountId;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Link;
import dev.tenure.plan.Membership;
import dev.tenure.plan.Plan;
import dev.tenure.plan.World;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import dev.tenure.trace.Span;
import dev.tenure.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// One turn of a flow: read, decide, plan, deliver; as a whole or in parts. Each method holds the
/// flow's lock while it works, and throws `FLOW_BUSY` where somebody else holds it for too long.
public final class Cycle {
  /// A running flow sends again what a target refused after this time, even if nothing changed.
  static final Duration REFUSED_REST = Duration.ofHours(1);

  /// So long a turn sends. Whoever evicts somebody waits no longer for the target.
  private static final Duration EVICTING = Duration.ofMinutes(1);

  private static final Duration SLICE = Duration.ofSeconds(2);

  private final Books books;
  private final Plans plans;
  private final Links links;
  private final Delivery delivery;
  private final TimeAndChance world;
  private final Entrance entrance;
  private Tracer tracer = Tracer.OFF;

  /// What all flows keep in the database.
  public record Books(
      Plans plans,
      Links links,
      FlowLocks locks,
      KnownPeople people,
      Agenda agenda,
      Observed observed,
      ObservedGroups groups,
      Everyone everyone,
      Places places,
      Pauses pauses,
      Evictions evictions,
      Exclusions exclusions) {}

  public Cycle(Books books, Delivery delivery, TimeAndChance world) {
    this.books = books;
    this.plans = books.plans();
    this.links = books.links();
    this.delivery = delivery;
    this.world = world;
    this.entrance = new Entrance(books.locks());
  }

  /// The same, which begins a tree of spans where it does not stand in one.
  public Cycle recording(Tracer with) {
    tracer = with;
    return this;
  }

  /// Does this for the flow, as a span.
  <T, X extends Throwable> T recorded(String name, Flow flow, ScopedValue.CallableOp<T, X> work)
      throws X {
    var above = Span.current();
    var span = above.isRecorded() ? above.child(name) : tracer.begin(Tracer.Root.of(name));
    return span.with("tenure.flow", flow.id().value())
        .with("tenure.correlation", Correlation.current().id())
        .around(work);
  }

  Books books() {
    return books;
  }

  /// What holds for the people of the flow at this moment.
  public Rulings rulings(Flow flow) {
    return Rulings.of(flow, books);
  }

  /// Who will come and leave within this time, as far as the rules know.
  public List<Comings.Coming> comings(Flow flow, Duration horizon) {
    return Comings.of(flow, books, horizon);
  }

  /// Makes a plan and keeps it; sends nothing. Throws [Problem.Found] where the target could not be
  /// read whole, or the source not at all.
  ///
  /// A server that runs the flow makes a plan of its own for these people, and applies it.
  public CycleReport plan(Flow flow) throws InterruptedException {
    return recorded("plan", flow, () -> planned(flow));
  }

  private CycleReport planned(Flow flow) throws InterruptedException {
    try (var _ = entrance.enter(flow.id());
        var reading = new Reading(flow, books)) {
      var report = made(flow, reading, Set.of());
      var each = report.plan().changes().stream().flatMap(c -> Membership.each(c).stream());
      var people = each.map(Change::person).toList();
      books.agenda().add(flow.id(), people, world.clock().instant());
      return report;
    }
  }

  /// Reads both ends, and lets somebody look at them.
  public <T> T look(Flow flow, Function<World, T> look) throws InterruptedException {
    try (var _ = entrance.enter(flow.id())) {
      try (var reading = read(flow)) {
        return look.apply(reading.world());
      }
    }
  }

  /// Keeps a plan that somebody proposes on seeing both ends; sends nothing.
  public CycleReport propose(Flow flow, Function<World, Plans.Draft> propose)
      throws InterruptedException {
    try (var _ = entrance.enter(flow.id());
        var reading = read(flow)) {
      var draft = propose.apply(reading.world());
      var number = plans.save(flow.id(), draft);
      if (number.isEmpty()) links.keep(flow.id(), draft.plan().links());
      return new CycleReport(
          flow.id(),
          draft.plan(),
          number,
          reading.counts(),
          Map.of(),
          0,
          Optional.empty(),
          reading.until());
    }
  }

  private Reading read(Flow flow) {
    var reading = new Reading(flow, books);
    reading.people();
    reading.accounts();
    return reading;
  }

  /// Sends exactly the changes of this plan (law 2), or what is left of them. Throws `PLAN_UNKNOWN`
  /// or `PLAN_OUTDATED`.
  public DeliveryReport apply(Flow flow, PlanNumber number, Progress progress)
      throws InterruptedException {
    return recorded("apply", flow, () -> applied(flow, number, progress));
  }

  private DeliveryReport applied(Flow flow, PlanNumber number, Progress progress)
      throws InterruptedException {
    try (var _ = entrance.enter(flow.id())) {
      plans.takeOver(flow.id());
      plans.accept(flow.id(), number);
      return deliver(flow, number, Instant.MAX, progress);
    }
  }

  /// Sends the changes of leavers once more that were refused or given up, or that of the person of
  /// this key or value only; see [Plans#retry]. Throws `PERSON_UNKNOWN`.
  public List<DeliveryReport> retry(Flow flow, Optional<String> who, Progress progress)
      throws InterruptedException {
    return recorded("retry", flow, () -> retried(flow, who, progress));
  }

  private List<DeliveryReport> retried(Flow flow, Optional<String> who, Progress progress)
      throws InterruptedException {
    try (var _ = entrance.enter(flow.id())) {
      plans.takeOver(flow.id());
      var person = who.map(w -> new Naming(books.people()).key(flow.id(), w));
      var reports = new ArrayList<DeliveryReport>();
      for (var number : plans.retry(flow.id(), person)) {
        reports.add(deliver(flow, number, Instant.MAX, progress));
      }
      return reports;
    }
  }

  /// Has one person leave who is evicted: looks at the account, plans for nobody else, and sends
  /// that, also where the guard would hold it: somebody decided so. Absent where there is nothing
  /// to be sent. Throws `FLOW_BUSY`, and `PERSON_PROTECTED` where an active account stays.
  Optional<DeliveryReport> evict(Flow flow, PersonKey person) throws InterruptedException {
    return recorded("evict", flow, () -> evicted(flow, person));
  }

  private Optional<DeliveryReport> evicted(Flow flow, PersonKey person)
      throws InterruptedException {
    try (var _ = entrance.enter(flow.id(), EVICTING)) {
      plans.takeOver(flow.id());
      var about = Set.of(person);
      var failures = new Failures(flow, books);
      var accounts = links.of(flow.id(), about).stream().map(Link::account).toList();
      accounts.forEach(failures::see);
      var number = leaving(flow, about);
      if (number.isEmpty()) {
        refuseInside(flow, person, accounts);
        return Optional.empty();
      }
      if (plans.get(flow.id(), number.get()).count(ChangeState.HELD) > 0) {
        // of this person only: the number may be that of an older plan, with others who are held
        var approval = Plans.Approval.of(number.get(), person);
        plans.approve(flow.id(), approval, Correlation.current().actor());
      }
      plans.accept(flow.id(), number.get());
      return Optional.of(deliver(flow, number.get(), now().plus(EVICTING), Progress.NONE));
    }
  }

  private Optional<PlanNumber> leaving(Flow flow, Set<PersonKey> about) {
    try (var surroundings = new Surroundings(flow, books, now())) {
      var plan = flow.planner().plan(surroundings.of(about, true));
      // their share in a request about a group that is held would stay held with that of others
      var nothing = Plans.Draft.concerning(about, plan.withChanges(List.of()));
      if (flow.policy().targetGroups().isPresent()) plans.save(flow.id(), nothing);
      return plans.save(flow.id(), Plans.Draft.concerning(about, plan));
    }
  }

  /// Who is protected keeps an active account: nobody may think that they are out.
  private void refuseInside(Flow flow, PersonKey person, List<AccountId> accounts) {
    var isInside = books.observed().all(flow.id(), accounts).stream().anyMatch(Account::isActive);
    if (isInside) throw untouched(flow, person).found();
  }

  private static Problem untouched(Flow flow, PersonKey person) {
    return new Problem(
        Code.PERSON_PROTECTED,
        "the account is active, and the rules let nobody touch it",
        Map.of("flow", flow.id().value(), "person", person.value()),
        "'tenure explain' says why; take them out of scope.protect, or lock the account in the"
            + " target");
  }

  /// The time by which flows decide.
  public Instant now() {
    return world.clock().instant();
  }

  /// One turn of a running flow: takes in what changed, plans for whom that concerns, and sends, a
  /// while. `atTime`: it is time to look at both ends; else it is about what is known already.
  ///
  /// Everybody is planned for where the rules are not those of the turn before. What is not sent
  /// within a while, or when it is `called` away, is left to the next turn, so that a long queue
  /// hides no leaver (law 3).
  public Turn turn(Flow flow, boolean atTime, BooleanSupplier called) throws InterruptedException {
    try (var _ = entrance.enter(flow.id(), Entrance.SHORT)) {
      plans.takeOver(flow.id());
      var since = books.places().sending(flow.id(), world.clock().instant());
      var planned = new Turning(flow, books, this).plan(atTime);
      var sent = deliver(flow, called);
      new Failures(flow, books).lookAgain(since);
      books.places().sent(flow.id());
      if (sent.done() > 0) wake(flow);
      var report = planned.report().map(r -> delivered(r, sent));
      var stopped = books.pauses().of(flow.id()).isPresent();
      var more = !stopped && !plans.unfinished(flow.id()).isEmpty();
      return new Turn(
          report,
          planned.about(),
          planned.counted(),
          more,
          plans.isHeld(flow.id()),
          books.agenda().nextDue(flow.id()));
    }
  }

  /// The same, called away by nobody.
  public Turn turn(Flow flow, boolean atTime) throws InterruptedException {
    return turn(flow, atTime, () -> false);
  }

  /// What was done may be what somebody waits for: a manager's account, a name given up.
  private void wake(Flow flow) {
    var waiting = books.agenda().open(flow.id(), Turning.OPEN_MAX);
    books.agenda().add(flow.id(), waiting, world.clock().instant());
  }

  /// Sends what is accepted, the most urgent first, whatever plan it stands in.
  private Delivery.Sent deliver(Flow flow, BooleanSupplier called) throws InterruptedException {
    var slice = flow.config().every().compareTo(SLICE) < 0 ? flow.config().every() : SLICE;
    if (plans.unfinished(flow.id()).isEmpty()) {
      return new Delivery.Sent(0, List.of(), Duration.ZERO);
    }
    var until = world.clock().instant().plus(slice);
    var order = new Delivery.Order(flow.id(), Optional.empty(), until, called);
    return Span.current()
        .child("deliver")
        .around(() -> delivery.deliverAll(order, flow.config().deliver(), flow.target()));
  }

  /// The report of a turn, with what became of its own plan so far.
  private CycleReport delivered(CycleReport report, Delivery.Sent sent) {
    if (report.number().isEmpty()) return report;
    var plan = plans.get(report.flow(), report.number().get());
    return report.delivered(new DeliveryReport(plan, sent.problems(), sent.took()));
  }

  /// The digests of what the target refused lately.
  Set<String> resting(Flow flow) {
    return plans.failedSince(flow.id(), world.clock().instant().minus(REFUSED_REST));
  }

  private DeliveryReport deliver(Flow flow, PlanNumber number, Instant until, Progress progress)
      throws InterruptedException {
    var order = new Delivery.Order(flow.id(), number, until);
    return Span.current()
        .child("deliver")
        .with("tenure.plan", number.value())
        .around(() -> delivery.deliver(order, flow.config().deliver(), flow.target(), progress));
  }

  /// A plan for everybody, without what rests.
  CycleReport made(Flow flow, Reading reading, Set<String> resting) {
    var timings = new Timings(world.clock());
    timings.step("source", reading::people);
    timings.step("target", reading::accounts);
    var whole = timings.step("plan", reading::plan);
    var plan = without(whole, resting);
    var number = timings.step("save", () -> kept(flow.id(), plan));
    var postponed = whole.changes().size() - plan.changes().size();
    return new CycleReport(
        flow.id(),
        plan,
        number,
        reading.counts(),
        timings.steps(),
        postponed,
        Optional.empty(),
        reading.until());
  }

  /// A match without a difference is knowledge only, and is kept at once.
  private Optional<PlanNumber> kept(FlowId flow, Plan plan) {
    var number = plans.save(flow, new Plans.Draft(plan, Optional.empty()));
    if (number.isEmpty()) links.keep(flow, plan.links());
    return number;
  }

  static Plan without(Plan plan, Set<String> resting) {
    if (resting.isEmpty()) return plan;
    return plan.without(c -> resting.contains(ChangeJson.digest(c)));
  }

  /// Problems as one list, for reports that gather them.
  static List<Problem> problems(RuntimeException thrown) {
    if (thrown instanceof Problem.Found found) return found.problems();
    return List.of(
        new Problem(
            Code.INTERNAL,
            "the cycle failed: " + thrown.getClass().getSimpleName(),
            Map.of(),
            "see the server log; it is tried again at the next interval"));
  }
}
