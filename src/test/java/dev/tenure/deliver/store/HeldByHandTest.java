package dev.tenure.deliver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.database.Database;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Choice;
import dev.tenure.deliver.Draw;
import dev.tenure.deliver.Leased;
import dev.tenure.deliver.PlanChanges.Standing;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.PlanState;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.Plans.Approval;
import dev.tenure.deliver.Plans.Hold;
import dev.tenure.deliver.Plans.Holding;
import dev.tenure.deliver.Queue;
import dev.tenure.deliver.Settlement;
import dev.tenure.deliver.SimulatedTime;
import dev.tenure.deliver.StoredChange;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Resource;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Account;
import dev.tenure.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// What somebody holds back by hand is not sent before somebody approves it, whatever plans come.
class HeldByHandTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final Change JOINER = Draw.create("p0", "Agent");
  private static final Change OTHER = Draw.create("p1", "Agent");
  private static final Choice BY_HAND = Choice.of(Optional.of(Plans.BY_HAND));
  private static final Change LEAVER = Draw.active(account("p2"), false);

  private final SimulatedTime time = new SimulatedTime();
  private Database database;
  private Plans plans;
  private Queue queue;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    plans = new PostgresPlans(database.jdbi(), time);
    queue = new PostgresQueue(database.jdbi());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Account account(String person) {
    var json = JsonNodeFactory.instance.objectNode().put("id", "a-" + person);
    json.put("userName", person).put("externalId", person).put("active", true);
    return new Account(new AccountId("a-" + person), Optional.empty(), Resource.of(json));
  }

  private PlanNumber accepted(Change... changes) {
    var draft = new Plans.Draft(Draw.plan(List.of(changes)), Optional.empty());
    var number = plans.save(FLOW, draft).orElseThrow();
    plans.accept(FLOW, number);
    return number;
  }

  private Holding hold(PlanNumber number, boolean leavers) {
    return plans.hold(FLOW, new Hold(number, Choice.ALL, leavers, "odd"));
  }

  private List<Leased> lease() {
    var now = time.instant();
    var wish = new Queue.Wish(10, Queue.Pick.URGENT, now, now.plus(Duration.ofSeconds(90)));
    return queue.lease(taker(), wish);
  }

  private static Queue.Taker taker() {
    return new Queue.Taker(FLOW, Optional.empty(), "taker");
  }

  private Set<String> sendable() {
    var leased = lease();
    queue.giveBack(taker(), leased, time.instant());
    return leased.stream().map(l -> l.person().value()).collect(Collectors.toSet());
  }

  private Map<String, ChangeState> states(PlanNumber number) {
    return plans.changes(FLOW, number, Schemas.standard().user()).stream()
        .collect(Collectors.toMap(c -> c.change().person().value(), StoredChange::state));
  }

  @Test
  void leaversGoOnUnlessTheyAreHeldExplicitly() {
    var plan = accepted(LEAVER, JOINER, OTHER);
    assertThat(hold(plan, false)).isEqualTo(new Holding(2, 0, 1));
    assertThat(sendable()).containsExactly("p2");
    assertThat(hold(plan, true)).isEqualTo(new Holding(1, 0, 0));
    assertThat(sendable()).isEmpty();
    plans.close(FLOW, plan);
    assertThat(plans.get(FLOW, plan).state()).isEqualTo(PlanState.HELD);
  }

  @Test
  void aChoiceIsHeldAndLetGoAlone() {
    var plan = accepted(LEAVER, JOINER, OTHER);
    var one = choice("p1@");
    assertThat(plans.standing(FLOW, plan, one)).isEqualTo(new Standing(0, 1));
    assertThat(plans.hold(FLOW, new Hold(plan, one, true, ""))).isEqualTo(new Holding(1, 0, 0));
    assertThat(plans.standing(FLOW, plan, Choice.ALL)).isEqualTo(new Standing(1, 2));
    assertThat(sendable()).containsExactlyInAnyOrder("p0", "p2");
    hold(plan, false);
    plans.approve(FLOW, new Approval(plan, choice("P0@EXAMPLE")), "anna");
    assertThat(sendable()).containsExactlyInAnyOrder("p0", "p2");
  }

  @Test
  void ofAChoiceOfLeaversNobodyIsHeldUnlessTheyAre() {
    var plan = accepted(LEAVER, JOINER);
    var leaver = choice("p2");
    assertThat(plans.hold(FLOW, new Hold(plan, leaver, false, ""))).isEqualTo(new Holding(0, 0, 1));
    assertThat(plans.hold(FLOW, new Hold(plan, leaver, true, ""))).isEqualTo(new Holding(1, 0, 0));
    assertThat(sendable()).containsExactly("p0");
  }

  private static Choice choice(String who) {
    return new Choice(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(who));
  }

  @Test
  void itGoesOnWhenItIsApproved() {
    var plan = accepted(JOINER, OTHER);
    hold(plan, false);
    assertThat(plans.approve(FLOW, new Approval(plan, BY_HAND), "anna")).isEqualTo(2);
    assertThat(sendable()).containsExactlyInAnyOrder("p0", "p1");
    accepted(JOINER, OTHER, LEAVER);
    assertThat(sendable()).as("and stays so").containsExactlyInAnyOrder("p0", "p1", "p2");
  }

  @Test
  void whatTheGuardHoldsStaysHeldWhereOnlyTheHandLetsGo() {
    var plan = accepted(Draw.held(JOINER), OTHER);
    assertThat(hold(plan, false).held()).isEqualTo(1);
    plans.approve(FLOW, new Approval(plan, BY_HAND), "anna");
    assertThat(sendable()).containsExactly("p1");
  }

  @Test
  void onePersonIsApprovedAlone() {
    var plan = accepted(JOINER, OTHER);
    hold(plan, false);
    assertThat(plans.approve(FLOW, Approval.of(plan, new PersonKey("p1")), "anna")).isEqualTo(1);
    assertThat(sendable()).containsExactly("p1");
  }

  @Test
  void whatIsBeingSentIsHeldWhenItComesBackUnsent() {
    var plan = accepted(JOINER, OTHER);
    var leased = lease();
    assertThat(hold(plan, false)).isEqualTo(new Holding(0, 2, 0));
    queue.giveBack(taker(), leased.subList(0, 1), time.instant());
    var problem = new Problem(Code.CHANGE_UNKNOWN, "no answer", Map.of(), "wait");
    var again = new Settlement.Again(leased.getLast(), time.instant(), true, true, problem);
    queue.settle(taker(), List.of(again), time.instant());
    assertThat(states(plan).values()).containsOnly(ChangeState.HELD);
    assertThat(sendable()).isEmpty();
  }

  @Test
  void itStaysHeldInThePlansThatFollow() {
    hold(accepted(JOINER, OTHER), false);
    var next = accepted(Draw.create("p0", "Lead"), Draw.create("p3", "Agent"));
    assertThat(states(next)).isEqualTo(Map.of("p0", ChangeState.HELD, "p3", ChangeState.WAITING));
    time.pause(Duration.ofSeconds(1));
    var third = accepted(Draw.create("p0", "Head"), Draw.create("p1", "Agent"));
    assertThat(states(third))
        .as("p1 was in no plan in between")
        .isEqualTo(Map.of("p0", ChangeState.HELD, "p1", ChangeState.WAITING));
  }

  @Test
  void whoLeavesMeanwhileGoesOn() {
    hold(accepted(Draw.title(account("p2"), "Lead")), false);
    accepted(LEAVER);
    assertThat(sendable()).containsExactly("p2");
  }

  @Test
  void aHeldLeaverStaysHeld() {
    hold(accepted(LEAVER), true);
    accepted(LEAVER, JOINER);
    assertThat(sendable()).containsExactly("p0");
  }

  @Test
  void aClusterThatIsNotThereIsSaidSo() {
    var plan = accepted(JOINER);
    var hold = new Hold(plan, Choice.of(Optional.of("none such")), true, "");
    assertThatThrownBy(() -> plans.hold(FLOW, hold))
        .isInstanceOfSatisfying(
            Problem.Found.class,
            f -> assertThat(f.problems().getFirst().code()).isEqualTo(Code.CLUSTER_UNKNOWN));
  }
}
