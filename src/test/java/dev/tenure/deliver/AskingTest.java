package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.id.FlowId;
import dev.tenure.target.Budget;
import dev.tenure.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A delivery without tokens asks for them again, whatever the first answer was.
class AskingTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final Duration HOUR = Duration.ofHours(1);

  private final SimulatedTime time = new SimulatedTime();
  private final Database database = TestDatabase.fresh();
  private final Plans plans = new PostgresPlans(database.jdbi(), time);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void tokensThatOthersGaveBackAreFoundBeforeTheirTime() throws InterruptedException {
    assertThat(delivered(() -> time.instant().plus(HOUR))).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aClockThatIsSetBackStopsNobody() throws InterruptedException {
    var took =
        delivered(() -> {
          var next = time.instant().plusMillis(200);
          time.setBack(HOUR);
          return next;
        });
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  /// When the first ask is told to come again.
  private interface First {
    Instant nextAt();
  }

  /// How long two changes took from then on, where only the first ask gives nothing.
  private Duration delivered(First first) throws InterruptedException {
    var changes = List.of(Draw.create("p0", "Agent"), Draw.create("p1", "Agent"));
    var draft = new Plans.Draft(Draw.plan(changes), Optional.empty());
    var number = plans.save(FLOW, draft).orElseThrow();
    plans.accept(FLOW, number);
    // They are due, also by a clock that is set back.
    time.pause(HOUR.multipliedBy(2));
    var budget = new Reluctant(first);
    var target =
        new MemoryTarget() {
          @Override
          public Budget budget() {
            return budget;
          }
        };
    var delivery = new Delivery(plans, new PostgresQueue(database.jdbi()), time.with(1));
    var report = delivery.deliver(FLOW, number, target, Progress.NONE);
    assertThat(report.done()).isEqualTo(2);
    return Duration.between(budget.refusedAt, time.instant());
  }

  /// Gives nothing at the first ask, and all afterwards.
  private final class Reluctant implements Budget {
    private final First first;
    private boolean asked;
    private Instant refusedAt = Instant.MAX;

    Reluctant(First first) {
      this.first = first;
    }

    @Override
    public synchronized Grant take(Ask ask) {
      if (ask.use() == Use.LEAVER) return new Grant(0, time.instant(), false);
      if (asked) return new Grant(ask.count(), time.instant(), false);
      asked = true;
      var grant = new Grant(0, first.nextAt(), false);
      refusedAt = time.instant();
      return grant;
    }

    @Override
    public void giveBack(int count) {}

    @Override
    public void charge() {}

    @Override
    public void heard(Heard heard) {}

    @Override
    public void worked(String person, Optional<dev.tenure.problem.Problem> failure) {}

    @Override
    public Optional<Duration> lasting(long changes) {
      return Optional.empty();
    }
  }
}
