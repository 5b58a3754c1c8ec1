package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Plan.Population;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.problem.Problem;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares what should be with what is. Safe for use by many threads at once.
public final class Planner {
  private static final String GONE = "gone from the source";

  private final ResourceType userType;
  private final PlanPolicy policy;

  public Planner(ResourceType userType, PlanPolicy policy) {
    this.userType = userType;
    this.policy = policy;
  }

  /// The changes that make the world as it should be; none where it is (law 7). At most one for
  /// each person and each account. Whoever is in doubt is left out, with a finding, and stops
  /// nobody else (law 8).
  public Plan plan(World world) {
    var accounts = new Accounts(world.accounts(), policy);
    var people = new People(world.standings(), world.links(), accounts);
    blockForeign(accounts, people);
    // Before the match, for it looks at these values; after it, for it tells whose they are.
    var unique = new UniqueValues(accounts, people, policy);
    unique.run();
    new Matching(userType, policy, accounts, people).run();
    unique.run();
    new UserNames(accounts, people, world.reach()).run();
    new References(people).run();
    var leaving = new Leaving(userType, policy.leaver(), world.leaves());
    var fitting = new Fitting(world.keepings());
    var changes = new Changes(userType, fitting);
    var wanted = new ArrayList<Change>();
    for (var standing : people.standings()) {
      if (!world.reach().concerns(standing.person())) continue;
      change(standing, people, leaving, changes).ifPresent(wanted::add);
    }
    fitting.findings().forEach(people::find);
    var gone =
        people.linked().stream()
            .filter(world.reach()::concerns)
            .flatMap(p -> gone(p, people).stream())
            .toList();
    for (var left : gone) {
      people
          .account(left.person())
          .flatMap(a -> leave(left, a, people, leaving))
          .ifPresent(wanted::add);
    }
    var belonging = belonging(world, people);
    belonging.ifPresent(b -> gone.stream().filter(leaving::endsMemberships).forEach(b::leave));
    var memberships =
        belonging.map(b -> b.all(world.reach(), leaving::endsMemberships)).orElse(List.of());
    if (world.reach() instanceof Reach.Whole) belonging.ifPresent(Belonging::tellUnused);
    return finish(world, people, new Wanted(wanted, memberships));
  }

  /// What would make the world as it should be.
  private record Wanted(List<Change> changes, List<Membership> memberships) {}

  /// Absent where the flow manages no groups, or nobody looked at them.
  private Optional<Belonging> belonging(World world, People people) {
    return policy
        .groups()
        .flatMap(g -> world.memberships().map(seen -> new Belonging(g, seen, people)));
  }

  /// Who is who, for those who look before anything is planned.
  public Survey survey(World world) {
    return new Survey(world, userType, policy);
  }

  /// A plan of changes that somebody decided: in the order of their lanes, and past the guard like
  /// any other.
  public Plan decided(World world, List<Change> decisions, List<Link> links, List<Problem> found) {
    var people = survey(world).people();
    var accounts = decisions.stream().filter(c -> !c.isOfGroup()).toList();
    var wanted = new Wanted(accounts, Membership.of(decisions));
    var passed = passed(world, people, wanted);
    var findings = new ArrayList<>(found);
    findings.addAll(passed.findings());
    var changes = Handovers.in(passed.changes());
    return new Plan(changes, links, findings, population(world, people), passed.waiting());
  }

  private Passage.Passed passed(World world, People people, Wanted wanted) {
    var crowd = new Crowd(people, world);
    var holders = belonging(world, people).map(b -> b.holders(people.linked())).orElse(Map.of());
    crowd.inGroups(holders, wanted.memberships());
    return new Passage(policy, crowd).pass(wanted.changes(), wanted.memberships());
  }

  /// Whether another source of truth rules over the account (law 5).
  public boolean isForeign(Account account) {
    return Accounts.isForeign(account, policy);
  }

  /// The schemas of the target's users.
  public ResourceType userType() {
    return userType;
  }

  /// A linked account that was given to another source of truth is not ours any more (law 5).
  private static void blockForeign(Accounts accounts, People people) {
    for (var person : people.linked()) {
      people
          .account(person)
          .filter(accounts::isForeign)
          .filter(_ -> !people.isBlocked(person))
          .ifPresent(a -> people.block(person, Findings.foreign(person, a, Matching.origin(a))));
    }
  }

  private static Optional<Change> change(
      Standing standing, People people, Leaving leaving, Changes changes) {
    if (standing instanceof Standing.Unclear(_, var problems)) problems.forEach(people::find);
    if (people.isBlocked(standing.person())) return Optional.empty();
    var account = people.account(standing.person());
    return switch (standing) {
      case Standing.InScope(var desired) ->
          account.isPresent()
              ? changes.update(desired, account.get())
              : Optional.of(changes.create(desired, because(desired, people)));
      case Standing.Left left -> account.flatMap(a -> leave(left, a, people, leaving));
      case Standing.Unclear _, Standing.Protected _ -> Optional.empty();
    };
  }

  private static String because(Desired desired, People people) {
    return people
        .vanished(desired.person())
        .map(id -> "the account " + id + " that was theirs is gone from the target")
        .orElse("no account is theirs yet");
  }

  private static Optional<Change> leave(
      Standing.Left left, Account account, People people, Leaving leaving) {
    leaving.later(left).forEach(people::await);
    return leaving.change(left, account);
  }

  private Optional<Standing.Left> gone(PersonKey person, People people) {
    if (people.isKnown(person) || people.isBlocked(person)) return Optional.empty();
    if (policy.untouched().contains(person)) return Optional.empty();
    return Optional.of(gone(person));
  }

  /// How somebody stands who is no longer there. Those who have a link need not be given.
  public static Standing.Left gone(PersonKey person) {
    return new Standing.Left(person, LeaverEvent.GONE_FROM_SOURCE, GONE);
  }

  private Plan finish(World world, People people, Wanted wanted) {
    var findings = new ArrayList<>(about(people.findings(), world));
    var sure = world.sourceComplete() ? wanted : withoutLeavers(wanted, findings);
    var passed = passed(world, people, sure);
    findings.addAll(passed.findings());
    var waiting = new ArrayList<>(people.waiting());
    waiting.addAll(passed.waiting());
    var changes = Befores.remembering(passed.changes(), people);
    var seated =
        Seating.of(
            changes,
            world.seats(),
            p -> people.desired(p).flatMap(Desired::firstDay),
            p -> people.account(p).filter(a -> !a.isActive()).isPresent());
    findings.addAll(seated.findings());
    waiting.addAll(seated.waiting());
    return new Plan(
        Handovers.in(seated.changes()),
        people.found().stream().filter(l -> world.reach().concerns(l.person())).toList(),
        findings,
        population(world, people),
        waiting.stream().filter(w -> world.reach().concerns(w.person())).toList());
  }

  /// Without those of people whom the plan is not about.
  private static List<Problem> about(List<Problem> findings, World world) {
    return findings.stream()
        .filter(f -> {
          var person = f.details().getOrDefault("person", "");
          return person.isBlank() || world.reach().concerns(new PersonKey(person));
        })
        .toList();
  }

  /// Law 1: absence counts only in a complete read, and so do the other signs of a leaver.
  private static Wanted withoutLeavers(Wanted wanted, List<Problem> findings) {
    var stay = wanted.changes().stream().filter(c -> c.lane() != Lane.LEAVER).toList();
    var in = wanted.memberships().stream().filter(m -> m.lane() != Lane.LEAVER).toList();
    findings.add(Findings.waiting(wanted.changes().size() - stay.size()));
    return new Wanted(stay, in);
  }

  private static Population population(World world, People people) {
    var inScope = people.standings().stream().filter(s -> s instanceof Standing.InScope).count();
    List<Account> all = world.accounts();
    return new Population(inScope, all.size(), people.linked().size());
  }
}
