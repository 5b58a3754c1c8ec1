package dev.tenure.flow;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Membership;
import dev.tenure.plan.Plan;
import dev.tenure.plan.Waiting;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What is to be done for one person, from a fresh read of both ends. Sends nothing. Holds the
/// flow's lock while it works, and throws `FLOW_BUSY` where somebody else holds it for too long.
public final class PersonPlanner {
  private final Cycle cycle;
  private final Cycle.Books books;
  private final Entrance entrance;

  public PersonPlanner(Cycle cycle) {
    this.cycle = cycle;
    this.books = cycle.books();
    this.entrance = new Entrance(books.locks());
  }

  /// What would be sent for a person: `changes` of their account, then of their memberships in the
  /// groups that the flow manages, each as one of theirs alone. `findings`: what stands in the way;
  /// `complete`: whether the source gave everybody.
  public record Foreseen(
      FlowId flow,
      PersonKey person,
      List<Change> changes,
      List<Problem> findings,
      List<Waiting> waiting,
      boolean complete) {
    public Foreseen {
      changes = List.copyOf(changes);
      findings = List.copyOf(findings);
      waiting = List.copyOf(waiting);
    }
  }

  /// What would be sent for this person if other things held. No plan is kept.
  public Foreseen foresee(Flow flow, PersonKey person, UnaryOperator<Rulings> supposing) {
    try (var _ = entrance.enter(flow.id(), Entrance.SHORT);
        var reading = new Reading(flow, books, supposing.apply(cycle.rulings(flow)))) {
      reading.people();
      reading.accounts();
      var plan = reading.plan();
      return new Foreseen(
          flow.id(),
          person,
          theirs(plan, person).toList(),
          findings(plan, person),
          plan.waiting().stream().filter(w -> w.person().equals(person)).toList(),
          reading.isComplete());
    }
  }

  private static Stream<Change> theirs(Plan plan, PersonKey person) {
    return plan.changes().stream()
        .flatMap(change -> Membership.each(change).stream())
        .filter(change -> concerns(change, person));
  }

  private static boolean concerns(Change change, PersonKey person) {
    if (!change.isOfGroup()) return change.person().equals(person);
    return Membership.of(change).stream().anyMatch(m -> m.person().equals(person));
  }

  /// Those that are about this person, or about nobody.
  private static List<Problem> findings(Plan plan, PersonKey person) {
    return plan.findings().stream()
        .filter(f -> f.details().getOrDefault("person", person.value()).equals(person.value()))
        .toList();
  }

  /// Makes a plan for the person of this key or value and keeps it. What others still have to get
  /// is left as it is. Throws `PERSON_UNKNOWN` where the source does not have them.
  public CycleReport plan(Flow flow, String who) {
    try (var _ = entrance.enter(flow.id());
        var reading = new Reading(flow, books)) {
      var timings = new Timings(flow.clock());
      timings.step("source", reading::people);
      timings.step("target", reading::accounts);
      var person = new Naming(books.people()).key(flow.id(), who);
      var everybody = timings.step("plan", reading::plan);
      reading.release();
      var kept =
          timings.step("save", () -> alone(flow, person, reading, findings(everybody, person)));
      var plan = kept.plan();
      if (!plan.changes().isEmpty()) books.agenda().add(flow.id(), List.of(person), cycle.now());
      return new CycleReport(
          flow.id(),
          plan,
          kept.number(),
          reading.counts(),
          timings.steps(),
          0,
          Optional.empty(),
          reading.until(person));
    }
  }

  private record Kept(Plan plan, Optional<PlanNumber> number) {}

  /// As a turn plans for somebody: one person is no mass, and their change may need another's.
  private Kept alone(Flow flow, PersonKey person, Reading reading, List<Problem> findings) {
    new Intake(flow, books).index();
    var about = Set.of(person);
    try (var surroundings = new Surroundings(flow, books, reading.at())) {
      var world = surroundings.of(about, reading.isComplete());
      var plan = flow.planner().plan(world).withFindings(findings);
      var number = books.plans().save(flow.id(), Plans.Draft.concerning(about, plan));
      if (number.isEmpty()) books.links().keep(flow.id(), plan.links());
      return new Kept(plan, number);
    }
  }
}
