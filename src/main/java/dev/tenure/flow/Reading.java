package dev.tenure.flow;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.LeaveTimes;
import dev.tenure.plan.Link;
import dev.tenure.plan.Memberships;
import dev.tenure.plan.Plan;
import dev.tenure.plan.Planner;
import dev.tenure.plan.Reach;
import dev.tenure.plan.World;
import dev.tenure.policy.Decision;
import dev.tenure.policy.Standing;
import dev.tenure.policy.TargetGroups;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import dev.tenure.target.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts both ends of a flow into the world that a plan is made from. Used once; closed when the
/// plan is saved.
final class Reading implements AutoCloseable {
  private final Flow flow;
  private final Cycle.Books books;
  private final List<Standing> standings = new ArrayList<>();
  private final List<Account> accounts = new ArrayList<>();
  private final List<Problem> findings = new ArrayList<>();
  private final Ends ends;
  private final Rulings rulings;
  private final Instant at;
  private final SeatCount seats;
  private Optional<Memberships> memberships = Optional.empty();
  private final Map<PersonKey, Decision> decisions = new HashMap<>();
  private boolean complete;

  /// Reads both ends.
  Reading(Flow flow, Cycle.Books books) {
    this(flow, books, Rulings.of(flow, books));
  }

  /// The same, as if this held.
  Reading(Flow flow, Cycle.Books books, Rulings rulings) {
    this(flow, books, rulings, new EndsRead(flow, books, flow.clock().instant()));
  }

  private Reading(Flow flow, Cycle.Books books, Rulings rulings, Ends ends) {
    this.flow = flow;
    this.books = books;
    this.at = flow.clock().instant();
    this.rulings = rulings;
    this.ends = ends;
    this.seats = new SeatCount(flow, books);
  }

  /// Reads neither end: all is as it is kept. `findings`: what was found in keeping it.
  static Reading kept(Flow flow, Cycle.Books books, List<Problem> findings) {
    var kept = new EndsKept(flow, books);
    var reading = new Reading(flow, books, Rulings.of(flow, books), kept);
    reading.findings.addAll(findings);
    return reading;
  }

  /// Reads the people and asks the rules. A read that ended early goes on with who was read; throws
  /// its reason where that was nobody. Who is there but cannot be read is present, and left alone.
  void people() {
    var outcome = ends.people(this::take);
    findings.addAll(outcome.findings());
    outcome.unreadable().forEach(key -> standings.add(new Standing.Unclear(key, List.of())));
    switch (outcome) {
      case Source.ReadOutcome.Complete _ -> complete = true;
      case Source.ReadOutcome.Incomplete(_, var reason, _) -> {
        if (standings.isEmpty()) throw reason.found();
        findings.addFirst(reason);
      }
    }
    for (var standing : standings) {
      if (standing instanceof Standing.Unclear(_, var problems)) findings.addAll(problems);
    }
  }

  private void take(Person person) {
    var decision = rulings.of(person, at);
    standings.add(decision.standing());
    if (decision.until().isPresent()) decisions.put(person.key(), decision);
  }

  /// Reads the accounts; throws the reason where that was not all of them: a plan that does not
  /// know an account would make it a second time.
  void accounts() {
    var outcome = ends.accounts(accounts::add);
    if (outcome instanceof Target.ReadOutcome.Incomplete(var reason)) throw reason.found();
    flow.policy().targetGroups().ifPresent(this::groups);
  }

  /// Where the groups cannot be read whole, that is told, nothing is said about memberships, and
  /// all the rest goes on.
  private void groups(TargetGroups managed) {
    var groups = new ArrayList<Group>();
    var sweeping = new SweepingGroups(flow, books, at);
    var outcome =
        flow.target()
            .groups(
                managed::manages,
                group -> {
                  groups.add(group);
                  sweeping.take(group);
                });
    sweeping.end(outcome);
    switch (outcome) {
      case Target.ReadOutcome.Complete _ -> memberships = Optional.of(Memberships.of(groups));
      case Target.ReadOutcome.Incomplete(var reason) -> findings.add(reason);
    }
  }

  /// Whether the groups that the flow manages were read whole.
  boolean knowsGroups() {
    return memberships.isPresent();
  }

  /// What was read, with the links that are kept, and what is known of the linked people from
  /// before.
  World world() {
    var links = books.links().of(flow.id());
    var linked = links.stream().map(Link::person).toList();
    var all = new ArrayList<>(standings);
    all.addAll(doubted());
    var away = new HashSet<>(linked);
    for (var standing : standings) {
      if (!(standing instanceof Standing.Left)) away.remove(standing.person());
    }
    var lately = books.plans().leaversSince(flow.id(), at.minus(Surroundings.LATELY), userType());
    return new World(
        all,
        complete ? new Reach.Whole() : new Reach.Cut(),
        accounts,
        links,
        new LeaveTimes(Optional.of(at), leftSince(away)),
        ends.former(linked),
        memberships,
        () -> lately,
        () -> seats.of(Optional.empty()),
        flow.target()::keepings);
  }

  /// Who is gone, and may have an account that nobody knows of yet.
  private List<Standing> doubted() {
    var gone = new HashSet<>(books.plans().doubted(flow.id()));
    standings.forEach(standing -> gone.remove(standing.person()));
    return gone.stream().sorted().<Standing>map(Planner::gone).toList();
  }

  private ResourceType userType() {
    return flow.target().userType();
  }

  private Map<PersonKey, Instant> leftSince(Set<PersonKey> away) {
    var known = new HashMap<PersonKey, KnownPeople.Known>();
    books.people().all(flow.id(), away).forEach(k -> known.put(k.person().key(), k));
    return LeftSince.of(books.agenda().leftSince(flow.id(), away), known, away);
  }

  /// Has the planner compare; its findings come after those of the source and the rules, each once.
  Plan plan() {
    var plan = flow.planner().plan(world());
    findings.addAll(plan.findings());
    var each = findings.stream().distinct().toList();
    return plan.withFindings(each);
  }

  /// What was decided, and of whom.
  List<Standing> standings() {
    return standings;
  }

  /// Until when the decision on this person holds.
  Optional<Instant> until(PersonKey person) {
    return Optional.ofNullable(decisions.get(person)).flatMap(Decision::until);
  }

  /// The first time at which the rules say something else of somebody.
  Optional<Instant> until() {
    return decisions.values().stream().flatMap(d -> d.until().stream()).min(Instant::compareTo);
  }

  Instant at() {
    return at;
  }

  boolean isComplete() {
    return complete;
  }

  CycleReport.Counts counts() {
    return new CycleReport.Counts(
        standings.size(),
        count(Standing.InScope.class),
        count(Standing.Left.class),
        count(Standing.Unclear.class),
        complete);
  }

  /// The plan is saved: other flows may count the seats, though this goes on to be used.
  void release() {
    seats.close();
  }

  @Override
  public void close() {
    release();
  }

  private long count(Class<? extends Standing> kind) {
    return standings.stream().filter(kind::isInstance).count();
  }
}
