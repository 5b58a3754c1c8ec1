package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverStep;
import dev.tenure.policy.LeaverStep.Kind;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.target.Account;
import dev.tenure.target.Group;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Disasters that strike groups: nobody loses a place by them, and who really leaves or moves in
/// the same run does.
class GroupDisasterTest {
  private static final int PEOPLE = 200;
  private static final int TEAMS = 8;

  /// Two who are gone from the source, of different teams.
  private static final Set<Integer> LEAVERS = Set.of(9, 18);

  /// One who moves from Sales to Support.
  private static final int MOVER = 3;

  private static final PlanPolicy POLICY =
      new PlanPolicy(
          Rules.policy("externalId").match(),
          leavingGroups(),
          new GuardLimits(Map.of()),
          Optional.of("corp"),
          Set.of(),
          Optional.of(Rules.groups(50)));

  private static LeaverTable leavingGroups() {
    var steps = List.of(LeaverStep.now(Kind.DEACTIVATE), LeaverStep.now(Kind.REMOVE_GROUPS));
    return new LeaverTable(Map.of(LeaverEvent.GONE_FROM_SOURCE, steps));
  }

  /// The groups of the person with this number on an ordinary day.
  private static List<String> usual(int number) {
    return List.of(number % 2 == 0 ? "Support" : "Sales", team(number));
  }

  private static String team(int number) {
    return "Team " + number % TEAMS;
  }

  /// The plan where the rules give these groups today.
  private static Plan plan(IntFunction<List<String>> today) {
    var standings = new ArrayList<Standing>();
    var accounts = new ArrayList<Account>();
    var links = new ArrayList<Link>();
    for (var i = 0; i < PEOPLE; i++) {
      accounts.add(Rules.ours("a" + i, "E" + i, "p" + i + "@x", ""));
      links.add(Rules.link("E" + i, "a" + i));
      if (LEAVERS.contains(i)) continue;
      var groups = i == MOVER ? List.of("Support", team(i)) : today.apply(i);
      standings.add(Rules.in("E" + i, "p" + i + "@x", "groups", json(groups)));
    }
    var world = new World(standings, true, accounts, links).with(Memberships.of(groups()));
    return new Planner(Rules.USER, POLICY).plan(world);
  }

  private static String json(List<String> names) {
    return names.isEmpty() ? "[]" : "[\"" + String.join("\",\"", names) + "\"]";
  }

  private static List<Group> groups() {
    var groups = new ArrayList<Group>();
    groups.add(group("Sales", i -> i % 2 == 1));
    groups.add(group("Support", i -> i % 2 == 0));
    for (var team = 0; team < TEAMS; team++) {
      var number = team;
      groups.add(group(team(number), i -> i % TEAMS == number));
    }
    return groups;
  }

  private static Group group(String name, IntPredicate is) {
    var members =
        IntStream.range(0, PEOPLE).filter(is).mapToObj(i -> "a" + i).toArray(String[]::new);
    return Rules.group("g-" + name, name, members);
  }

  /// Who goes out of which group, of what is sent.
  private static Set<String> sentLosses(Plan plan) {
    var losses = new HashSet<String>();
    for (var change : plan.changes()) {
      if (change.held()) continue;
      Membership.of(change).stream()
          .filter(m -> !m.joins())
          .forEach(m -> losses.add(m.person() + " " + m.in().name()));
    }
    return losses;
  }

  private static Set<String> realLosses() {
    var losses = new HashSet<String>();
    for (var leaver : LEAVERS) {
      for (var group : usual(leaver)) losses.add("E" + leaver + " " + group);
    }
    losses.add("E" + MOVER + " Sales");
    return losses;
  }

  private static void assertHeld(Plan plan, int people) {
    var held = new HashSet<String>();
    plan.changes().stream()
        .filter(Change::held)
        .flatMap(c -> Membership.of(c).stream())
        .forEach(m -> held.add(m.person().value()));
    assertThat(held).hasSize(people);
    assertThat(plan.findings()).isNotEmpty();
  }

  @Test
  void onAnOrdinaryDayOnlyWhoLeavesOrMovesLosesAPlace() {
    var plan = plan(GroupDisasterTest::usual);
    assertThat(sentLosses(plan)).isEqualTo(realLosses());
    assertThat(plan.changes()).noneMatch(Change::held);
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void aSourceGroupThatVanishedEmptiesNoGroup() {
    var plan = plan(i -> i % TEAMS == 5 ? usual(i).subList(0, 1) : usual(i));
    assertThat(sentLosses(plan)).isEqualTo(realLosses());
    assertThat(plan.changes())
        .filteredOn(Change::held)
        .isNotEmpty()
        .allMatch(c -> c.cluster().equals("group=Team 5 lost"));
    assertHeld(plan, PEOPLE / TEAMS);
  }

  @Test
  void aRuleThatGivesNobodyAGroupEmptiesNone() {
    var plan = plan(_ -> List.of());
    var sent = sentLosses(plan);
    // The mover's own rule holds for their team; nobody of the others goes out.
    assertThat(sent).containsAll(leaversLosses());
    assertThat(sent).isSubsetOf(realLosses());
    assertThat(plan.changes()).anyMatch(Change::held);
  }

  private static Set<String> leaversLosses() {
    var losses = realLosses();
    losses.remove("E" + MOVER + " Sales");
    return losses;
  }

  @Test
  void aRuleThatPutsAllIntoOneGroupEmptiesNoOther() {
    var plan = plan(_ -> List.of("Support"));
    assertThat(sentLosses(plan)).containsAll(leaversLosses()).isSubsetOf(realLosses());
  }

  @Test
  void aThirdOfThePeopleWithoutTheirTeamsIsHeld() {
    var plan = plan(i -> i % 3 == 0 ? usual(i).subList(0, 1) : usual(i));
    assertThat(sentLosses(plan)).containsAll(leaversLosses()).isSubsetOf(realLosses());
  }
}
