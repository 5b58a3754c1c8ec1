package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenure.audit.AuditLog;
import dev.tenure.audit.store.PostgresAuditLog;
import dev.tenure.deliver.store.PostgresLinks;
import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Change;
import dev.tenure.plan.Plan;
import dev.tenure.problem.Code;
import dev.tenure.target.Account;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final DeliveryConfig ONE_BY_ONE =
      new DeliveryConfig(1, 10, 3, Duration.ofSeconds(90));

  private final SimulatedTime time = new SimulatedTime();
  private dev.tenure.database.Database database;
  private Plans plans;
  private Links links;
  private Delivery delivery;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    plans = new PostgresPlans(database.jdbi(), time);
    links = new PostgresLinks(database.jdbi(), time);
    delivery = new Delivery(plans, new PostgresQueue(database.jdbi()), time.with(1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsReceivedIsWhatWasPlanned() throws InterruptedException {
    var target = targetWith(5);
    var before = target.received().size();
    var changes = new ArrayList<Change>();
    changes.add(Draw.active(target.accounts().get(4), false));
    target.accounts().subList(0, 3).forEach(a -> changes.add(Draw.title(a, "Lead")));
    changes.add(Draw.create("new", "Agent"));
    var report = apply(Draw.plan(changes), target);
    assertThat(report.done()).isEqualTo(5);
    assertThat(report.plan().state()).isEqualTo(PlanState.APPLIED);
    var sent = target.received().subList(before, target.received().size());
    assertThat(sent.stream().map(ChangeJson::request))
        .containsExactlyInAnyOrderElementsOf(
            changes.stream().map(c -> ChangeJson.request(c.request())).toList());
    assertThat(sent.getFirst()).isEqualTo(changes.getFirst().request());
  }

  @Test
  void aCreationKeepsTheLinkAndTheAuditRow() throws InterruptedException {
    var target = targetWith(1);
    assertThat(links.of(FLOW))
        .singleElement()
        .satisfies(link -> assertThat(link.person().value()).isEqualTo("p0"));
    var entries =
        new PostgresAuditLog(database.jdbi()).search(AuditLog.Search.newest("flow/people", 10));
    assertThat(entries)
        .extracting(dev.tenure.audit.AuditEntry::action)
        .containsExactlyInAnyOrder("plan.ended", "change.done", "plan.applied", "plan.made");
    var done = entries.stream().filter(e -> e.action().equals("change.done")).findFirst();
    assertThat(done.orElseThrow().subject()).isEqualTo(target.accounts().getFirst().id().value());
    assertThat(done.orElseThrow().detail().get("lane").stringValue()).isEqualTo("joiner");
    assertThat(done.orElseThrow().detail().get("reference").stringValue()).startsWith("ref-");
  }

  @Test
  void aLeaverPlannedLaterOvertakesWhatWaits() throws Exception {
    var blocked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var titles = new AtomicInteger();
    var target =
        new MemoryTarget() {
          @Override
          public Outcome send(Request request) {
            if (request.toString().contains("title") && request instanceof Request.Patch) {
              titles.incrementAndGet();
              blocked.countDown();
              await(go);
              time.pause(DeliveryRun.HOLD.plusSeconds(1));
            }
            return super.send(request);
          }
        };
    apply(Draw.plan(creations(30)), target);
    var accounts = target.accounts();
    var slow = saved(Draw.plan(accounts.stream().map(a -> Draw.title(a, "Lead")).toList()));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(() -> deliver(slow, target));
      await(blocked);
      var leaver = accounts.getLast();
      var urgent = saved(Draw.plan(List.of(Draw.active(leaver, false))));
      assertThat(deliver(urgent, target).done()).isEqualTo(1);
      var left = target.received().getLast();
      go.countDown();
      var report = first.get();
      assertThat(left).isInstanceOf(Request.Patch.class);
      assertThat(titles.get()).isLessThanOrEqualTo(2);
      assertThat(report.plan().state()).isEqualTo(PlanState.SUPERSEDED);
      assertThat(report.superseded()).isGreaterThanOrEqualTo(28);
      assertThat(report.remaining()).isZero();
    }
  }

  @Test
  void nothingPlannedBeforeALeaverReactivatesTheAccount() throws InterruptedException {
    var target = targetWith(1);
    apply(Draw.plan(List.of(Draw.active(target.accounts().getFirst(), false))), target);
    var reactivation = saved(Draw.plan(List.of(Draw.active(target.accounts().getFirst(), true))));
    var leaver = saved(Draw.plan(List.of(Draw.active(target.accounts().getFirst(), false))));
    deliver(leaver, target);
    assertThat(deliver(reactivation, target).superseded()).isEqualTo(1);
    assertThat(target.accounts().getFirst().resource().get("active").orElseThrow().booleanValue())
        .isFalse();
    assertThatThrownBy(() -> plans.accept(FLOW, reactivation))
        .hasMessageContaining("PLAN_OUTDATED");
  }

  @Test
  void aTargetThatSaysItLockedALeaverButDidNotIsFound() throws InterruptedException {
    var target =
        new MemoryTarget() {
          @Override
          public Outcome send(Request request) {
            return request instanceof Request.Patch
                ? new Outcome.Done(Optional.empty(), Optional.empty())
                : super.send(request);
          }
        };
    apply(Draw.plan(creations(2)), target);
    var leaver = Draw.active(target.accounts().getFirst(), false);
    var mover = Draw.title(target.accounts().getLast(), "Lead");
    var report = apply(Draw.plan(List.of(leaver, mover)), target);
    assertThat(report.done()).as("movers are not read again").isEqualTo(1);
    assertThat(plans.receipts(FLOW, 10))
        .singleElement()
        .satisfies(r -> assertThat(r.state()).isEqualTo(ChangeState.DEAD));
    assertThat(plans.deadLetters(FLOW, 10).getFirst().problem().code())
        .isEqualTo(Code.CHANGE_IGNORED);
  }

  @Test
  void aLeaverIsReadBackAndWhoCannotBeReadIsToldAsSuch() throws InterruptedException {
    var target =
        new MemoryTarget() {
          @Override
          public synchronized ReadOutcome look(Look look, Consumer<Account> reader) {
            var isFirst = look.equals(new Look.ById(accounts().getFirst().id()));
            return isFirst
                ? new ReadOutcome.Incomplete(problem(Code.TARGET_BUSY, "no time to look"))
                : super.look(look, reader);
          }
        };
    apply(Draw.plan(creations(2)), target);
    var leavers = target.accounts().stream().map(a -> Draw.active(a, false)).toList();
    assertThat(apply(Draw.plan(leavers), target).done()).isEqualTo(2);
    assertThat(plans.receipts(FLOW, 10))
        .extracting(r -> r.person().value(), r -> r.readBack().orElseThrow())
        .containsExactlyInAnyOrder(
            tuple(Draw.person(target.accounts().getFirst()), ReadBack.UNREAD),
            tuple(Draw.person(target.accounts().getLast()), ReadBack.CONFIRMED));
  }

  @Test
  void whatIsHeldWaitsForApproval() throws InterruptedException {
    var target = targetWith(2);
    var changes =
        List.of(
            Draw.held(Draw.active(target.accounts().get(0), false)),
            Draw.title(target.accounts().get(1), "Lead"));
    var number = saved(Draw.plan(changes));
    var report = deliver(number, target);
    assertThat(report.held()).isEqualTo(1);
    assertThat(report.done()).isEqualTo(1);
    assertThat(report.plan().state()).isEqualTo(PlanState.HELD);
    assertThat(plans.save(FLOW, draft(Draw.plan(changes.subList(0, 1)))))
        .as("the same changes keep their plan, and so their approval")
        .contains(number);
    assertThat(plans.approve(FLOW, number, "anna")).isEqualTo(1);
    assertThat(plans.unfinished(FLOW)).containsExactly(number);
    assertThat(deliver(number, target).done()).isEqualTo(2);
    assertThat(plans.find(FLOW, number).orElseThrow().approvedBy()).contains("anna");
  }

  @Test
  void aPlanIsAppliedOnce() throws InterruptedException {
    var target = new MemoryTarget();
    var number = saved(Draw.plan(creations(1)));
    deliver(number, target);
    assertThatThrownBy(() -> plans.accept(FLOW, number)).hasMessageContaining("PLAN_OUTDATED");
    assertThatThrownBy(() -> plans.accept(FLOW, new PlanNumber(99)))
        .hasMessageContaining("PLAN_UNKNOWN");
  }

  @Test
  void aPlanWithoutChangesSupersedesTheOpenOneAndTakesNoNumber() {
    var open = saved(Draw.plan(creations(2)));
    assertThat(plans.save(FLOW, draft(Draw.plan(List.of())))).isEmpty();
    assertThat(plans.find(FLOW, open).orElseThrow().state()).isEqualTo(PlanState.SUPERSEDED);
    assertThat(saved(Draw.plan(creations(1)))).isEqualTo(new PlanNumber(open.value() + 1));
  }

  @Test
  void aBusyTargetIsLeftAloneAsLongAsItAsks() throws InterruptedException {
    var calls = new AtomicInteger();
    var times = new ArrayList<Instant>();
    var target =
        new MemoryTarget() {
          @Override
          public Outcome send(Request request) {
            times.add(time.instant());
            if (calls.incrementAndGet() == 2) return new Outcome.Busy(Duration.ofSeconds(30));
            return super.send(request);
          }
        };
    var report = apply(Draw.plan(creations(5)), target);
    assertThat(report.done()).isEqualTo(5);
    assertThat(Duration.between(times.get(1), times.get(2))).isEqualTo(Duration.ofSeconds(30));
    assertThat(target.received()).hasSize(5);
  }

  @Test
  void aRefusedChangeStopsNobodyElse() throws InterruptedException {
    var target =
        new MemoryTarget() {
          @Override
          public Outcome send(Request request) {
            return request.toString().contains("p1@")
                ? new Outcome.Refused(problem(Code.CHANGE_REFUSED, "no such division"))
                : super.send(request);
          }
        };
    var report = apply(Draw.plan(creations(3)), target);
    assertThat(report.done()).isEqualTo(2);
    assertThat(report.refused()).isEqualTo(1);
    assertThat(report.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.details()).containsEntry("person", "p1"));
    assertThat(plans.failedSince(FLOW, time.instant().minusSeconds(60)))
        .containsExactly(ChangeJson.digest(creations(3).get(1)));
    var stored = plans.changes(FLOW, report.plan().number(), target.userType());
    assertThat(stored.get(1).problem().orElseThrow().message()).isEqualTo("no such division");
    assertThat(stored.stream().map(StoredChange::change)).isEqualTo(creations(3));
  }

  @Test
  void whatNeverAnswersIsGivenUpAfterItsAttempts() throws InterruptedException {
    var tries = new AtomicInteger();
    var target =
        new MemoryTarget() {
          @Override
          public Outcome send(Request request) {
            tries.incrementAndGet();
            return new Outcome.Unknown(problem(Code.CHANGE_UNKNOWN, "no answer"));
          }
        };
    assertThat(apply(Draw.plan(creations(1)), target).dead()).isEqualTo(1);
    assertThat(tries).hasValue(ONE_BY_ONE.attemptsMax());
  }

  @Test
  void aCreationThatArrivesAfterTheLookIsAdopted() throws InterruptedException {
    var tries = new AtomicInteger();
    var target =
        new MemoryTarget() {
          @Override
          public Outcome send(Request request) {
            if (tries.incrementAndGet() == 1) {
              return new Outcome.Unknown(problem(Code.CHANGE_UNKNOWN, "no answer"));
            }
            take(request);
            return new Outcome.Refused(problem(Code.MATCH_CONFLICT, "409 uniqueness"));
          }
        };
    assertThat(apply(Draw.plan(creations(1)), target).done()).isEqualTo(1);
    assertThat(tries).hasValue(2);
    assertThat(links.of(FLOW))
        .singleElement()
        .satisfies(l -> assertThat(l.account()).isEqualTo(target.accounts().getFirst().id()));
  }

  @Test
  void whoIsNotLetInHasNothingRefused() throws InterruptedException {
    var tries = new AtomicInteger();
    var target =
        new MemoryTarget() {
          @Override
          public Outcome send(Request request) {
            return tries.incrementAndGet() <= 6
                ? new Outcome.Barred(problem(Code.TARGET_REFUSED, "the token has expired"))
                : super.send(request);
          }
        };
    assertThat(apply(Draw.plan(creations(3)), target).done()).isEqualTo(3);
    tries.set(-1_000);
    var report = apply(Draw.plan(List.of(Draw.create("late", "Agent"))), target);
    assertThat(report.refused() + report.dead()).isZero();
    assertThat(report.remaining()).isEqualTo(1);
    assertThat(report.barred()).isPresent();
  }

  @Test
  void twoDeliveriesShareTheWork() throws Exception {
    var target = new MemoryTarget();
    var number = saved(Draw.plan(creations(400)));
    plans.accept(FLOW, number);
    var order = new Delivery.Order(FLOW, number, Instant.MAX);
    var config = new DeliveryConfig(4, 20, 8, Duration.ofSeconds(90));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, 2)
              .mapToObj(_ ->
                  executor.submit(() -> delivery.deliver(order, config, target, Progress.NONE)))
              .toList();
      for (var task : tasks) task.get();
    }
    assertThat(target.received()).hasSize(400).doesNotHaveDuplicates();
    assertThat(plans.find(FLOW, number).orElseThrow().count(ChangeState.DONE)).isEqualTo(400);
  }

  @Test
  void progressEndsWithEverythingDone() throws InterruptedException {
    var states = new ArrayList<Progress.State>();
    var number = saved(Draw.plan(creations(25)));
    plans.accept(FLOW, number);
    delivery.deliver(FLOW, number, new MemoryTarget(), states::add);
    assertThat(states.getFirst().total()).isEqualTo(25);
    assertThat(states.getLast().done()).isEqualTo(25);
  }

  private MemoryTarget targetWith(int people) throws InterruptedException {
    var target = new MemoryTarget();
    apply(Draw.plan(creations(people)), target);
    return target;
  }

  private static List<Change> creations(int count) {
    return IntStream.range(0, count).mapToObj(i -> Draw.create("p" + i, "Agent")).toList();
  }

  private static Plans.Draft draft(Plan plan) {
    return new Plans.Draft(plan, Optional.empty());
  }

  private PlanNumber saved(Plan plan) {
    return plans.save(FLOW, draft(plan)).orElseThrow();
  }

  private DeliveryReport apply(Plan plan, MemoryTarget target) throws InterruptedException {
    return deliver(saved(plan), target);
  }

  private DeliveryReport deliver(PlanNumber number, MemoryTarget target)
      throws InterruptedException {
    var state = plans.find(FLOW, number).orElseThrow().state();
    if (state != PlanState.SUPERSEDED) plans.accept(FLOW, number);
    var order = new Delivery.Order(FLOW, number, Instant.MAX);
    return delivery.deliver(order, ONE_BY_ONE, target, Progress.NONE);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
