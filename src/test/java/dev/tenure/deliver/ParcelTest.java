package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Change;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import dev.tenure.target.Budget;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Changes that go as one request, where the target takes that.
class ParcelTest {
  private static final FlowId FLOW = new FlowId("people");
  private final SimulatedTime time = new SimulatedTime();
  private final dev.tenure.database.Database database = TestDatabase.fresh();
  private final Plans plans = new PostgresPlans(database.jdbi(), time);
  private final Taking target = new Taking();

  @AfterEach
  void close() {
    database.close();
  }

  /// Takes up to seven together, each request for one token.
  private static final class Taking extends MemoryTarget {
    private static final int MOST = 7;

    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Integer> sizes = new ArrayList<>();
    private boolean losesNext;

    @Override
    public int togetherMax() {
      return MOST;
    }

    @Override
    public Outcome send(Request request) {
      requests.incrementAndGet();
      return take(request);
    }

    @Override
    public synchronized List<Outcome> together(List<Request> some) {
      requests.incrementAndGet();
      sizes.add(some.size());
      var outcomes = some.stream().map(this::take).toList();
      if (!losesNext) return outcomes;
      losesNext = false;
      return some.stream()
          .<Outcome>map(_ -> new Outcome.Unknown(problem(Code.CHANGE_UNKNOWN, "lost")))
          .toList();
    }

    @Override
    public Budget budget() {
      return new Budget() {
        @Override
        public Grant take(Ask ask) {
          tokens.addAndGet(ask.count());
          return new Grant(ask.count(), Instant.MIN, false);
        }

        @Override
        public void giveBack(int count) {
          tokens.addAndGet(-count);
        }

        @Override
        public void charge() {
          tokens.incrementAndGet();
        }

        @Override
        public void heard(Heard heard) {}

        @Override
        public void worked(String person, Optional<Problem> failure) {}

        @Override
        public Optional<Duration> lasting(long changes) {
          return Optional.empty();
        }
      };
    }
  }

  private DeliveryReport apply(List<Change> changes) throws InterruptedException {
    var number =
        plans.save(FLOW, new Plans.Draft(Draw.plan(changes), Optional.empty())).orElseThrow();
    plans.accept(FLOW, number);
    var delivery = new Delivery(plans, new PostgresQueue(database.jdbi()), time.with(1));
    return delivery.deliver(FLOW, number, target, Progress.NONE);
  }

  private static List<Change> joiners(int count) {
    return IntStream.range(0, count).mapToObj(i -> Draw.create("p" + i, "Agent")).toList();
  }

  @Test
  void asManyAsTheTargetTakesGoForOneToken() throws InterruptedException {
    assertThat(apply(joiners(100)).done()).isEqualTo(100);
    assertThat(target.accounts()).hasSize(100);
    assertThat(target.sizes).allMatch(size -> size <= Taking.MOST);
    assertThat(target.requests.get()).isLessThan(25);
    assertThat(target.tokens.get()).isEqualTo(target.requests.get());
  }

  @Test
  void leaversGoAloneAndFirst() throws InterruptedException {
    apply(joiners(20));
    target.sizes.clear();
    var before = target.received().size();
    var accounts = target.accounts();
    var left = accounts.subList(0, 9).stream().map(a -> Draw.active(a, false));
    var stay = accounts.subList(9, 20).stream().map(a -> Draw.title(a, "Lead"));
    assertThat(apply(Stream.concat(stay, left).toList()).done()).isEqualTo(20);
    var sent = target.received().subList(before, target.received().size());
    assertThat(sent.subList(0, 9)).allMatch(r -> r.toString().contains("active"));
    assertThat(target.sizes.stream().mapToInt(s -> s).sum()).isLessThanOrEqualTo(11);
    assertThat(target.tokens.get()).isEqualTo(target.requests.get());
  }

  /// Each is looked for by itself before it is repeated (law 4).
  @Test
  void nobodyIsMadeTwiceWhereTheAnswerToAllWasLost() throws InterruptedException {
    target.losesNext = true;
    assertThat(apply(joiners(30)).done()).isEqualTo(30);
    assertThat(target.accounts()).hasSize(30);
    assertThat(target.accounts().stream().map(Account::id).distinct()).hasSize(30);
    assertThat(target.sizes.getFirst()).isGreaterThan(1);
  }

  @Test
  void oneRefusedStopsNoOther() throws InterruptedException {
    apply(joiners(10));
    var stale = target.accounts().getFirst();
    apply(List.of(Draw.title(stale, "Lead")));
    var changes =
        Stream.concat(
                Stream.of(Draw.title(stale, "Head")),
                target.accounts().subList(1, 10).stream().map(a -> Draw.title(a, "Head")))
            .toList();
    var report = apply(changes);
    assertThat(report.done()).isEqualTo(9);
    assertThat(report.stale()).isEqualTo(1);
  }
}
