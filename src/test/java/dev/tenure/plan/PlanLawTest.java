package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Standing;
import dev.tenure.policy.TargetGroups;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The laws of the design, over generated worlds. One world again: `-Dlaw.seed=…`; more of them:
/// `./check -Dtest=PlanLawTest -Dlaw.cases=10000`.
class PlanLawTest {
  private static final int WORLDS = Integer.getInteger("law.cases", 400);

  /// More than the longest chain of people who wait for each other's names.
  private static final int ROUNDS = 20;

  private record Case(PlanPolicy policy, World world, Plan plan) {
    Plan again(World other) {
      return new Planner(Rules.USER, policy).plan(other);
    }
  }

  private interface Law {
    void holds(Case drawn, RandomGenerator random);
  }

  private static void overWorlds(Law law) {
    var only = Optional.ofNullable(Long.getLong("law.seed"));
    for (long i = 0; i < (only.isPresent() ? 1 : WORLDS); i++) {
      long seed = only.orElse(i);
      var random = new Random(seed);
      var lots = new Lots(random);
      var policy = lots.policy();
      var world = lots.world();
      try {
        law.holds(new Case(policy, world, new Planner(Rules.USER, policy).plan(world)), random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("again with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @TestFactory
  List<DynamicTest> laws() {
    return List.of(
        law("1: an incomplete read makes no leaver", PlanLawTest::incompleteMakesNoLeaver),
        law("3: leavers come first", PlanLawTest::leaversComeFirst),
        law("4: no userName is created twice", PlanLawTest::noUserNameTwice),
        law("5: only what is ours is touched", PlanLawTest::onlyOursIsTouched),
        law("7: plan after apply is empty", PlanLawTest::planAfterApplyIsEmpty),
        law("8: one bad record stops nobody else", PlanLawTest::oneBadRecordStopsNobodyElse),
        law("5: members who are nobody's stay", PlanLawTest::otherMembersStay),
        law("after apply everybody is in their groups", PlanLawTest::everybodyIsWhereTheRulesSay),
        law("the fewest requests to groups", PlanLawTest::fewestRequests),
        law("one change for a person and for an account", PlanLawTest::oneChangeEach),
        law("the order of the input does not matter", PlanLawTest::orderDoesNotMatter),
        law("what is written is read as the same", PlanLawTest::jsonIsReadAsWritten));
  }

  private static DynamicTest law(String name, Law law) {
    return DynamicTest.dynamicTest(name, () -> overWorlds(law));
  }

  private static void incompleteMakesNoLeaver(Case drawn, RandomGenerator random) {
    var world = drawn.world();
    var broken = like(world, new World(world.standings(), false, world.accounts(), world.links()));
    var plan = drawn.again(broken);
    assertThat(plan.changes()).noneMatch(c -> c.lane() == Lane.LEAVER);
    assertThat(plan.findings()).extracting(Problem::code).contains(Code.SOURCE_INCOMPLETE);
    var whole =
        drawn.again(
            like(world, new World(world.standings(), true, world.accounts(), world.links())));
    var others = whole.changes().stream().filter(c -> c.lane() != Lane.LEAVER).toList();
    assertThat(numbered(plan.changes())).isEqualTo(numbered(others));
  }

  /// The requests of one group are numbered, and leavers come first there.
  private static List<String> numbered(List<Change> changes) {
    return changes.stream()
        .map(c -> c.lane() + " " + c.request() + c.reasons() + c.marks())
        .sorted()
        .toList();
  }

  /// The other world with the groups of this one.
  private static World like(World world, World other) {
    return world.memberships().map(other::with).orElse(other);
  }

  private static void leaversComeFirst(Case drawn, RandomGenerator random) {
    assertThat(drawn.plan().changes())
        .isSortedAccordingTo(
            Comparator.comparing(Change::lane)
                .thenComparing(Change::isOfGroup)
                .thenComparing(PlanLawTest::gains)
                .thenComparingInt(PlanLawTest::netGain)
                .thenComparing(Change::person));
    for (var change : drawn.plan().changes()) {
      var leaves = change.lane() == Lane.LEAVER;
      assertThat(Membership.of(change)).allMatch(m -> (m.lane() == Lane.LEAVER) == leaves);
      if (leaves) assertThat(Membership.of(change)).noneMatch(Membership::joins);
    }
  }

  /// Of groups that gain, those that gain the least come first.
  private static int netGain(Change change) {
    if (!gains(change)) return 0;
    return Membership.of(change).stream().mapToInt(m -> m.joins() ? 1 : -1).sum();
  }

  private static boolean gains(Change change) {
    return Membership.of(change).stream().anyMatch(Membership::joins);
  }

  /// Law 5 for groups: accounts that are nobody's stay where they are, and other groups are as they
  /// were.
  private static void otherMembersStay(Case drawn, RandomGenerator random) {
    var ours = new HashSet<AccountId>();
    drawn.world().links().forEach(l -> ours.add(l.account()));
    drawn.plan().links().forEach(l -> ours.add(l.account()));
    var model = new ModelTarget(drawn.world());
    var before = others(model, ours);
    model.apply(drawn.plan());
    var after = others(model, ours);
    after.keySet().retainAll(before.keySet());
    // Who is deleted is in no group any more, whosever it is.
    var left = model.world(drawn.world()).accounts().stream().map(Account::id).toList();
    var gone = new HashSet<>(ours);
    gone.removeAll(left);
    before.values().forEach(members -> members.removeAll(gone));
    assertThat(after).isEqualTo(before);
  }

  private static Map<String, Set<AccountId>> others(ModelTarget model, Set<AccountId> ours) {
    var others = new TreeMap<String, Set<AccountId>>();
    for (var group : model.groups()) {
      var members = new HashSet<>(group.members());
      if (!group.name().equals("Board")) members.removeAll(ours);
      others.put(group.id().value(), members);
    }
    return others;
  }

  /// Who holds a place in a group that the rules do not give them loses it, and the reverse.
  private static void everybodyIsWhereTheRulesSay(Case drawn, RandomGenerator random) {
    var policy = drawn.policy();
    var model = new ModelTarget(drawn.world());
    model.apply(drawn.plan());
    var world = model.world(drawn.world());
    if (policy.groups().isEmpty() || world.memberships().isEmpty()) return;
    var left = unsettled(drawn.plan());
    drawn.plan().waiting().forEach(w -> left.add(w.person().value()));
    for (var link : world.links()) {
      if (left.contains(link.person().value())) continue;
      for (var standing : world.standings()) {
        if (standing instanceof Standing.InScope(var desired)
            && desired.person().equals(link.person())) {
          assertIsIn(policy, world, link, desired);
        }
      }
    }
  }

  private static void assertIsIn(PlanPolicy policy, World world, Link link, Desired desired) {
    var rule = desired.attributes().stream().filter(Desired.Mapped::isMembership).findFirst();
    if (rule.isEmpty()) return;
    var wanted = new TreeSet<String>();
    rule.get().value().forEach(name -> wanted.add(TargetGroups.folded(name.asString())));
    var seen = world.memberships().orElseThrow();
    var names = seen.groups().stream().map(g -> TargetGroups.folded(g.name())).toList();
    for (var group : seen.groups()) {
      var name = TargetGroups.folded(group.name());
      var isTwo = Collections.frequency(names, name) > 1;
      if (isTwo || !policy.groups().orElseThrow().manages(name)) continue;
      assertThat(seen.of(link.account()).contains(group.id()))
          .as("%s in %s", link, group)
          .isEqualTo(wanted.contains(name));
    }
  }

  private static void fewestRequests(Case drawn, RandomGenerator random) {
    if (drawn.policy().groups().isEmpty()) return;
    var chunk = drawn.policy().groups().get().chunk();
    var counts = new TreeMap<String, Integer>();
    var requests = 0;
    for (var change : drawn.plan().changes()) {
      if (!(change.request() instanceof Request.Members members)) continue;
      requests++;
      var leaves = change.lane() == Lane.LEAVER;
      var key = members.group() + " " + leaves + " " + change.cluster();
      counts.merge(key, Membership.of(change).size(), Integer::sum);
    }
    var fewest = counts.values().stream().mapToInt(n -> (n + chunk - 1) / chunk).sum();
    assertThat(requests).isEqualTo(fewest);
  }

  private static void noUserNameTwice(Case drawn, RandomGenerator random) {
    new ModelTarget(drawn.world()).apply(drawn.plan());
  }

  private static void onlyOursIsTouched(Case drawn, RandomGenerator random) {
    var ours = new HashSet<AccountId>();
    drawn.world().links().forEach(l -> ours.add(l.account()));
    drawn.plan().links().forEach(l -> ours.add(l.account()));
    var foreign =
        drawn.world().accounts().stream()
            .filter(a -> Target.sourceOrg(a).filter(o -> !o.equals("corp")).isPresent())
            .map(Account::id)
            .toList();
    assertThat(touched(drawn.plan())).isSubsetOf(ours).noneMatch(foreign::contains);
    assertThat(drawn.plan().links()).noneMatch(l -> foreign.contains(l.account()));
  }

  private static void planAfterApplyIsEmpty(Case drawn, RandomGenerator random) {
    var model = new ModelTarget(drawn.world());
    model.apply(drawn.plan());
    var second = drawn.again(model.world(drawn.world()));
    var waited = unsettled(drawn.plan());
    assertThat(second.links()).allMatch(l -> waited.contains(l.person().value()));
    assertThat(second.changes().stream().flatMap(c -> Membership.each(c).stream()))
        .allMatch(c -> waited.contains(c.person().value()));
    // Who waited for a name that was given up may follow; then all is done but what is held.
    for (var round = 0; round < ROUNDS && !done(second); round++) {
      model.apply(second);
      second = drawn.again(model.world(drawn.world()));
    }
    assertThat(second.changes()).allMatch(Change::held);
  }

  private static boolean done(Plan plan) {
    return plan.changes().stream().allMatch(Change::held);
  }

  private static Set<String> unsettled(Plan plan) {
    var some = new HashSet<String>();
    plan.findings().forEach(f -> some.add(f.details().getOrDefault("person", "")));
    // A leaver may have a second account with their externalId: it is found when one is deleted.
    plan.changes().stream()
        .filter(c -> c.held() || c.request() instanceof Request.Delete)
        .flatMap(c -> Membership.each(c).stream())
        .forEach(c -> some.add(c.person().value()));
    plan.waiting().forEach(w -> some.add(w.person().value()));
    return some;
  }

  private static void oneBadRecordStopsNobodyElse(Case drawn, RandomGenerator random) {
    var world = drawn.world();
    var worse = new ArrayList<>(world.standings());
    worse.add(
        new Standing.Unclear(
            new PersonKey("bad"), List.of(new Problem(Code.MAP_FAILED, "?", Map.of(), "!"))));
    worse.add(Rules.in("worse", "", "title", "\"x\""));
    var plan =
        drawn.again(
            like(world, new World(worse, world.sourceComplete(), world.accounts(), world.links())));
    assertThat(plan.changes()).isEqualTo(drawn.plan().changes());
    assertThat(plan.findings()).hasSize(drawn.plan().findings().size() + 2);
  }

  private static void oneChangeEach(Case drawn, RandomGenerator random) {
    assertThat(touched(drawn.plan())).doesNotHaveDuplicates();
    assertThat(drawn.plan().changes().stream().map(Change::person)).doesNotHaveDuplicates();
  }

  private static void orderDoesNotMatter(Case drawn, RandomGenerator random) {
    var world = drawn.world();
    var other =
        new World(
            shuffled(world.standings(), random),
            world.sourceComplete(),
            shuffled(world.accounts(), random),
            shuffled(world.links(), random));
    var seen =
        world
            .memberships()
            .map(m -> new Memberships(shuffled(m.groups(), random), m.byAccount(), m.doubted()));
    assertThat(drawn.again(seen.map(other::with).orElse(other))).isEqualTo(drawn.plan());
  }

  private static void jsonIsReadAsWritten(Case drawn, RandomGenerator random) {
    for (var change : drawn.plan().changes()) {
      assertThat(PlanJson.read(PlanJson.write(change), Rules.USER)).isEqualTo(change);
    }
    assertThat(PlanJson.write(drawn.plan()).path("changes")).hasSize(drawn.plan().changes().size());
  }

  private static <T> List<T> shuffled(List<T> list, RandomGenerator random) {
    var copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }

  private static List<AccountId> touched(Plan plan) {
    var touched = new ArrayList<AccountId>();
    for (var change : plan.changes()) {
      switch (change.request()) {
        case Request.Create _, Request.CreateGroup _, Request.Members _ -> {
          // A new account is nobody's yet, and a change of a group is of no account.
        }
        case Request.Patch(var id, _, _) -> touched.add(id);
        case Request.Delete(var id, _) -> touched.add(id);
      }
    }
    return touched;
  }
}
