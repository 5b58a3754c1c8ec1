package dev.tenure.flow;

import dev.tenure.plan.LeaveTimes;
import dev.tenure.plan.Link;
import dev.tenure.plan.Memberships;
import dev.tenure.plan.Plan;
import dev.tenure.plan.World;
import dev.tenure.policy.Standing;
import dev.tenure.policy.TargetGroups;
import dev.tenure.problem.Problem;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import dev.tenure.target.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Reads both ends of a flow into the world that a plan is made from. Used once.
final class Reading {
  private final Flow flow;
  private final List<Standing> standings = new ArrayList<>();
  private final List<Account> accounts = new ArrayList<>();
  private final List<Problem> findings = new ArrayList<>();
  private final Remembering memory;
  private final Instant at;
  private Optional<Memberships> memberships = Optional.empty();
  private boolean complete;
  private Optional<Instant> until = Optional.empty();

  Reading(Flow flow, KnownPeople known) {
    this.flow = flow;
    this.at = flow.clock().instant();
    this.memory = new Remembering(known, flow.id());
  }

  /// Reads the people and asks the rules. A read that ended early goes on with who was read; throws
  /// its reason where that was nobody. Who is there but cannot be read is present, and left alone.
  void people() {
    var outcome = flow.source().read(this::take);
    memory.end(outcome);
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
    memory.take(person);
    var decision = flow.policy().decide(person, at);
    standings.add(decision.standing());
    if (decision.until().filter(time -> until.filter(time::isAfter).isEmpty()).isPresent()) {
      until = decision.until();
    }
  }

  /// Reads the accounts; throws the reason where that was not all of them: a plan that does not
  /// know an account would make it a second time.
  void accounts() {
    switch (flow.target().read(accounts::add)) {
      case Target.ReadOutcome.Complete _ -> {}
      case Target.ReadOutcome.Incomplete(var reason) -> throw reason.found();
    }
    flow.policy().targetGroups().ifPresent(this::groups);
  }

  /// Where the groups cannot be read whole, that is told, nothing is said about memberships, and
  /// all the rest goes on.
  private void groups(TargetGroups managed) {
    var groups = new ArrayList<Group>();
    switch (flow.target().groups(managed::manages, groups::add)) {
      case Target.ReadOutcome.Complete _ -> memberships = Optional.of(Memberships.of(groups));
      case Target.ReadOutcome.Incomplete(var reason) -> findings.add(reason);
    }
  }

  /// What was read, with the links that are kept, and what is known of the linked people from
  /// before.
  World world(List<Link> links) {
    var linked = links.stream().map(Link::person).toList();
    var away = new HashSet<>(linked);
    for (var standing : standings) {
      if (!(standing instanceof Standing.Left)) away.remove(standing.person());
    }
    var leaves = new LeaveTimes(Optional.of(at), memory.away(away));
    var former = memory.former(linked);
    return new World(standings, complete, accounts, links, leaves, former, memberships);
  }

  /// Has the planner compare; its findings come after those of the source and the rules, each once.
  Plan plan(List<Link> links) {
    var plan = flow.planner().plan(world(links));
    findings.addAll(plan.findings());
    var each = findings.stream().distinct().toList();
    return plan.withFindings(each);
  }

  /// The first time at which the rules say something else of somebody.
  Optional<Instant> until() {
    return until;
  }

  CycleReport.Counts counts() {
    return new CycleReport.Counts(
        standings.size(),
        count(Standing.InScope.class),
        count(Standing.Left.class),
        count(Standing.Unclear.class),
        complete);
  }

  private long count(Class<? extends Standing> kind) {
    return standings.stream().filter(kind::isInstance).count();
  }
}
