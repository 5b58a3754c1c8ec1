package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.deliver.store.PostgresLinks;
import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Link;
import dev.tenure.problem.Code;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A creation that may have happened is remembered as long as no account is known: should the
/// person leave meanwhile, the account is looked for, and locked.
class DoubtTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final PersonKey PERSON = new PersonKey("p0");
  private final SimulatedTime time = new SimulatedTime();
  private final Database database = TestDatabase.fresh();
  private final Plans plans = new PostgresPlans(database.jdbi(), time);
  private final Links links = new PostgresLinks(database.jdbi(), time);

  @AfterEach
  void close() {
    database.close();
  }

  /// It does everything and says nothing.
  private static final class Mute extends MemoryTarget {
    @Override
    public Outcome send(Request request) {
      super.send(request);
      return new Outcome.Unknown(problem(Code.CHANGE_UNKNOWN, "the answer was lost"));
    }

    @Override
    public synchronized Outcome find(Request.Create request) {
      return new Outcome.Unknown(problem(Code.CHANGE_UNKNOWN, "no answer"));
    }
  }

  private Mute given(int attempts) throws InterruptedException {
    var target = new Mute();
    var draft = new Plans.Draft(Draw.plan(List.of(Draw.create("p0", "t0"))), Optional.empty());
    var number = plans.save(FLOW, draft).orElseThrow();
    plans.accept(FLOW, number);
    var delivery = new Delivery(plans, new PostgresQueue(database.jdbi()), time.with(1));
    var order = new Delivery.Order(FLOW, number, time.instant().plusSeconds(1));
    var config = new DeliveryConfig(1, 1, attempts, Duration.ofSeconds(90));
    assertThat(delivery.deliver(order, config, target, Progress.NONE).done()).isZero();
    assertThat(target.accounts()).hasSize(1);
    return target;
  }

  @Test
  void afterItWasGivenUp() throws InterruptedException {
    var target = given(1);
    assertThat(plans.deadLetters(FLOW, 10)).hasSize(1);
    assertThat(plans.doubted(FLOW)).containsExactly(PERSON);
    links.keep(FLOW, List.of(new Link(PERSON, target.accounts().getFirst().id())));
    assertThat(plans.doubted(FLOW)).isEmpty();
  }

  @Test
  void afterItWasSuperseded() throws InterruptedException {
    given(8);
    assertThat(plans.doubted(FLOW)).isEmpty();
    plans.save(FLOW, new Plans.Draft(Draw.plan(List.of()), Optional.empty()));
    assertThat(plans.doubted(FLOW)).containsExactly(PERSON);
  }

  /// A plan without them came between: they were out of scope for a moment.
  @Test
  void theyAreLookedForHoweverLongAgoItWas() throws InterruptedException {
    var target = given(8);
    plans.save(FLOW, new Plans.Draft(Draw.plan(List.of()), Optional.empty()));
    var again = Draw.plan(List.of(Draw.create("p0", "t0")));
    var number = plans.save(FLOW, new Plans.Draft(again, Optional.empty())).orElseThrow();
    plans.accept(FLOW, number);
    var taker = new Queue.Taker(FLOW, number, "me");
    var now = time.instant();
    var wish = new Queue.Wish(9, Queue.Pick.URGENT, now, now.plusSeconds(90));
    var leased = new PostgresQueue(database.jdbi()).lease(taker, wish);
    assertThat(leased).singleElement().matches(Leased::doubtful);
    assertThat(target.accounts()).hasSize(1);
  }
}
