package dev.tenure.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.policy.Standing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Group;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A managed group that nobody is in and nobody should be in is told, and never deleted.
class UnusedGroupsTest {
  private static final List<Group> GROUPS =
      List.of(
          Rules.group("g1", "Sales"),
          Rules.group("g2", "Team Red"),
          Rules.group("g3", "Team Blue"),
          Rules.group("g4", "Team Gold", "a1"),
          Rules.group("g5", "Team Grey", "strange"),
          Rules.group("g6", "Others"));

  private static final PlanPolicy POLICY = Rules.policy("externalId").managing(Rules.groups(50));

  private static Plan plan(boolean complete, String groups) {
    List<Standing> standings = List.of(Rules.in("E1", "p1@x", "groups", groups));
    var accounts = List.of(Rules.ours("a1", "E1", "p1@x", ""));
    var links = List.of(Rules.link("E1", "a1"));
    var world = new World(standings, complete, accounts, links).with(Memberships.of(GROUPS));
    return new Planner(Rules.USER, POLICY).plan(world);
  }

  private static Optional<Problem> unused(Plan plan) {
    return plan.findings().stream().filter(f -> f.code() == Code.GROUP_UNUSED).findFirst();
  }

  /// Sales stands in the configuration by its name; Red is about to get somebody; Grey has a member
  /// who is nobody's of the flow; Others is not managed.
  @Test
  void emptyGroupsThatNobodyIsToBeInAreTold() {
    var plan = plan(true, "[\"Team Gold\", \"Team Red\"]");
    assertThat(unused(plan).orElseThrow().details())
        .containsEntry("groups", "Team Blue")
        .containsEntry("count", "1");
    assertThat(plan.changes()).hasSize(1);
  }

  /// The plan is not applied yet, and may be held.
  @Test
  void whoIsAboutToLeaveAGroupIsStillInIt() {
    var told = unused(plan(true, "[]")).orElseThrow();
    assertThat(told.details()).containsEntry("groups", "Team Blue, Team Red");
  }

  @Test
  void aReadThatIsNotWholeTellsNothing() {
    assertThat(unused(plan(false, "[\"Team Gold\"]"))).isEmpty();
  }
}
