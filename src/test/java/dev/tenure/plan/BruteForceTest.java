package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.plan.SmallWorld.Acct;
import dev.tenure.plan.SmallWorld.Goal;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.LeaverStep;
import dev.tenure.policy.LeaverStep.Kind;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.policy.TargetGroups;
import dev.tenure.policy.TargetGroups.Missing;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// No plan needs more requests than the shortest way that a search through all requests finds, and
/// each plan leads where it should. One world again: `-Dlaw.seed=…`; more of them: `./check
/// -Dtest=BruteForceTest -Dlaw.cases=10000`.
///
/// Three things are law, not waste, and hold for the search, too: leavers are never in one request
/// with others (law 3); a request changes at most a chunk of memberships; whoever has no account
/// when a plan is made joins groups by the next one, and so does who is beyond the first chunk of a
/// new group, since a target tells an id only when it made it. So each plan is held against the
/// search for what it can reach.
class BruteForceTest {
  private static final int WORLDS = Integer.getInteger("law.cases", 400);
  private static final int ROUNDS_MAX = 5;
  private static final List<String> NAMES = List.of("n0@x", "n1@x", "n2@x");
  private static final List<String> TITLES = List.of("Agent", "Lead");
  private static final List<String> GROUPS = List.of("Sales", "Support");

  /// One drawn world, and what it must become.
  private record Drawn(PlanPolicy policy, World world, Goal goal) {
    Plan plan(World from) {
      return new Planner(Rules.USER, policy).plan(from);
    }
  }

  @Test
  void noPlanIsLongerThanTheShortestWay() {
    var only = Optional.ofNullable(Long.getLong("law.seed"));
    var lengths = new TreeMap<Integer, Integer>();
    for (long i = 0; i < (only.isPresent() ? 1 : WORLDS); i++) {
      long seed = only.orElse(i);
      try {
        lengths.merge(holds(draw(new Random(seed))), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("again with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
    if (only.isEmpty()) {
      assertThat(lengths.keySet()).as("plans by length %s", lengths).contains(1, 2, 3, 4, 5);
    }
  }

  /// How many requests were needed.
  private static int holds(Drawn drawn) {
    var model = new ModelTarget(drawn.world());
    int all = 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      var before = small(model, drawn);
      var plan = drawn.plan(model.world(drawn.world()));
      int sent = model.requests();
      model.apply(plan);
      sent = model.requests() - sent;
      if (sent == 0) break;
      all += sent;
      var goal = reachable(drawn.goal(), before, waiting(plan));
      var after = small(model, drawn);
      assertThat(goal.isReached(after)).as("%s%n%s%n%s", goal, before, plan.changes()).isTrue();
      assertThat(before.fewest(goal, sent - 1))
          .as("%d requests%n%s%n%s%n%s", sent, goal, before, plan.changes())
          .isEmpty();
    }
    var end = small(model, drawn);
    assertThat(drawn.goal().isReached(end)).as("%s%n%s", drawn.goal(), end).isTrue();
    return all;
  }

  /// Whose account waits for the next plan.
  private static Set<String> waiting(Plan plan) {
    var waiting = new TreeSet<String>();
    plan.waiting().stream()
        .filter(w -> !w.what().equals("groups"))
        .forEach(w -> waiting.add(w.person().value()));
    plan.findings().forEach(f -> waiting.add(f.details().getOrDefault("person", "")));
    plan.changes().forEach(change -> waiting.remove(change.person().value()));
    return waiting;
  }

  /// Without those who wait, and the memberships of those who have no account yet; of a group that
  /// is not there yet, a chunk. Nobody who has an account waits but for the name of somebody who is
  /// being deleted.
  private static Goal reachable(Goal goal, SmallWorld from, Set<String> waiting) {
    var wanted = new TreeMap<>(goal.wanted());
    wanted.keySet().removeAll(waiting);
    var members = new TreeMap<String, Set<String>>();
    goal.members()
        .forEach((group, people) -> {
          var there = new TreeSet<>(people);
          there.retainAll(from.accounts().keySet());
          there.retainAll(wanted.keySet());
          int most = from.groups().containsKey(group) ? there.size() : goal.chunk();
          members.put(group, there.stream().limit(most).collect(Collectors.toSet()));
        });
    var deleting = goal.deletes() && goal.leavers().stream().anyMatch(from.accounts()::containsKey);
    if (!deleting)
      assertThat(waiting).as("%s%n%s", goal, from).noneMatch(from.accounts()::containsKey);
    return new Goal(
        wanted, goal.leavers(), members, goal.deletes(), goal.leavesGroups(), goal.chunk());
  }

  /// The model's state, with accounts by the person whose they are.
  private static SmallWorld small(ModelTarget model, Drawn drawn) {
    var world = model.world(drawn.world());
    var accounts = new TreeMap<String, Acct>();
    var owners = new HashMap<String, String>();
    for (var account : world.accounts()) {
      var person = account.resource().text("externalId").orElseThrow();
      owners.put(account.id().value(), person);
      accounts.put(person, acct(account));
    }
    var groups = new TreeMap<String, Set<String>>();
    for (var group : model.groups()) {
      groups.put(
          group.name(),
          group.members().stream()
              .map(id -> owners.getOrDefault(id.value(), id.value()))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return new SmallWorld(accounts, groups);
  }

  private static Acct acct(Account account) {
    var name = account.resource().text("userName").orElseThrow().toLowerCase(Locale.ROOT);
    return new Acct(name, account.resource().text("title").orElse(""), account.isActive());
  }

  private static Drawn draw(RandomGenerator random) {
    int people = 2 + random.nextInt(2);
    boolean deletes = random.nextBoolean();
    boolean leaves = !deletes && random.nextBoolean();
    int chunk = 1 + random.nextInt(3);
    var draws = new Draws(random, people, deletes);
    draws.draw();
    var goal = new Goal(draws.wanted, draws.leavers, draws.members, deletes, leaves, chunk);
    var missing = draws.groups.size() < GROUPS.size() ? Missing.CREATE : Missing.FINDING;
    var managed = new TargetGroups(GROUPS, missing, chunk);
    var world =
        new World(draws.standings, true, draws.accounts, draws.links)
            .with(Memberships.of(draws.groups));
    return new Drawn(policy(goal).managing(managed), world, goal);
  }

  private static PlanPolicy policy(Goal goal) {
    var rules = Rules.policy("externalId", "userName");
    if (goal.deletes()) return Rules.with(rules, LeaverPolicy.DELETE, Rules.OPEN);
    if (!goal.leavesGroups()) return rules;
    return new PlanPolicy(
        rules.match(),
        leavingGroups(),
        rules.guard(),
        rules.sourceOrg(),
        rules.untouched(),
        rules.groups());
  }

  private static LeaverTable leavingGroups() {
    var steps = List.of(LeaverStep.now(Kind.DEACTIVATE), LeaverStep.now(Kind.REMOVE_GROUPS));
    var table = new EnumMap<LeaverEvent, List<LeaverStep>>(LeaverEvent.class);
    for (var event : LeaverEvent.values()) table.put(event, steps);
    return new LeaverTable(table);
  }

  /// What is drawn of a world.
  private static final class Draws {
    final List<Standing> standings = new ArrayList<>();
    final List<Account> accounts = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();
    final Map<String, Acct> wanted = new TreeMap<>();
    final Set<String> leavers = new TreeSet<>();
    final Map<String, Set<String>> members = new TreeMap<>();
    private final RandomGenerator random;
    private final int people;
    private final boolean deletes;

    Draws(RandomGenerator random, int people, boolean deletes) {
      this.random = random;
      this.people = people;
      this.deletes = deletes;
    }

    /// Names are a choice of three for those who have accounts and for those who should: they swap,
    /// go round, and are taken over. A leaver who is only locked keeps theirs.
    void draw() {
      GROUPS.forEach(group -> members.put(group, new TreeSet<>()));
      var now = shuffled();
      var then = shuffled();
      for (int i = 0; i < people; i++) {
        var person = "E" + i;
        boolean leaves = random.nextInt(4) == 0;
        if (leaves || random.nextInt(4) > 0) account(person, now.get(i), leaves);
        if (leaves) leave(person, now.get(i), then);
      }
      for (int i = 0; i < people; i++) {
        if (!leavers.contains("E" + i)) stay("E" + i, then);
      }
      GROUPS.forEach(this::group);
    }

    private List<String> shuffled() {
      var names = new ArrayList<>(NAMES);
      java.util.Collections.shuffle(names, random);
      return names;
    }

    private void account(String person, String name, boolean linked) {
      var id = "a" + person.substring(1);
      var active = random.nextInt(4) > 0;
      var more = ",\"title\":\"" + pick(TITLES) + "\"";
      var account = Rules.ours(id, person, name, more);
      if (!active) {
        var json = account.resource().json().put("active", false);
        account = Rules.account(id, json.toString());
      }
      accounts.add(account);
      if (linked || random.nextBoolean()) links.add(Rules.link(person, id));
    }

    private void leave(String person, String name, List<String> then) {
      leavers.add(person);
      if (random.nextBoolean()) standings.add(Rules.left(person));
      if (!deletes) then.remove(name);
    }

    private void stay(String person, List<String> then) {
      var name = then.isEmpty() ? person + "@x" : then.removeFirst();
      var title = pick(TITLES);
      var in = new HashSet<String>();
      GROUPS.stream().filter(_ -> random.nextBoolean()).forEach(in::add);
      var names = in.stream().sorted().map(g -> "\"" + g + "\"").collect(Collectors.joining(","));
      wanted.put(person, new Acct(name.toLowerCase(Locale.ROOT), title, true));
      in.forEach(group -> members.getOrDefault(group, Set.of()).add(person));
      standings.add(
          Rules.in(person, name, "title", "\"" + title + "\"", "groups", "[" + names + "]"));
    }

    private void group(String name) {
      if (random.nextInt(5) == 0) return;
      var ids =
          accounts.stream().filter(_ -> random.nextBoolean()).map(a -> a.id().value()).toList();
      groups.add(Rules.group("g" + groups.size(), name, ids.toArray(String[]::new)));
    }

    private String pick(List<String> some) {
      return some.get(random.nextInt(some.size()));
    }
  }
}
