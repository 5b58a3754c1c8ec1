package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.deliver.budget.SharedBudget;
import dev.tenure.deliver.budget.Terms;
import dev.tenure.deliver.store.PostgresBooks;
import dev.tenure.deliver.store.PostgresLinks;
import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.id.FlowId;
import dev.tenure.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The engine with its real queue, on a simulated clock, with nodes that die and a target that lies
/// and loses: nothing is lost, nothing is created twice, no leaver comes back, nothing older comes
/// after something newer. `-Dsimulation.seeds=` for more, `-Dsimulation.seed=` for one again.
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);
  private static final int PEOPLE = 5;
  private static final int ROUNDS = 3;
  private static final int DELIVERIES_MAX = 12;
  private static final DeliveryConfig CONFIG = new DeliveryConfig(1, 3, 6, Duration.ofSeconds(90));
  private static Database database;

  @BeforeAll
  static void start() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void theLawsHoldWhateverFails() throws InterruptedException {
    var replay = Long.getLong("simulation.seed");
    for (long seed : replay == null ? LongStream.range(0, SEEDS).toArray() : new long[] {replay}) {
      try {
        new Life(seed).live();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("again with -Dsimulation.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /// Any number of nodes, of which some die.
  private static final class Life {
    private final FlowId flow;
    private final SimulatedTime time = new SimulatedTime();
    private final RandomGenerator random;
    private final Map<String, String> wanted = new TreeMap<>();
    private final Plans plans = new PostgresPlans(database.jdbi(), time);
    private final Links links = new PostgresLinks(database.jdbi(), time);
    private final FaultyTarget target;
    private final TimeAndChance world;
    private boolean nested;

    Life(long seed) {
      this.flow = new FlowId("sim-" + seed);
      this.random = new Random(seed);
      this.world = time.with(seed);
      var books = new PostgresBooks(database.jdbi(), time);
      var budget = new SharedBudget("sim-" + seed, Terms.USUAL, books, time);
      this.target = new FaultyTarget(time, random, wanted, budget);
      target.meanwhile(this::another);
    }

    void live() throws InterruptedException {
      for (var i = 0; i < PEOPLE; i++) wanted.put("p" + i, "t0");
      for (var round = 1; round <= ROUNDS; round++) {
        plan();
        deliver();
        for (var person : List.copyOf(wanted.keySet())) change(person, round);
      }
      target.heal();
      for (var i = 0; i < DELIVERIES_MAX && plan(); i++) {
        time.pause(Duration.ofMinutes(5));
        deliver();
      }
      assertThat(target.broken()).isEmpty();
      assertThat(state()).isEqualTo(expected());
    }

    private void change(String person, int round) {
      switch (random.nextInt(4)) {
        case 0 -> wanted.put(person, "");
        case 1, 2 -> wanted.put(person, "t" + round);
        default -> {}
      }
    }

    /// Whether there is something to do.
    private boolean plan() {
      var plan = Draw.difference(wanted, target.accounts(), links.of(flow));
      var number = plans.save(flow, new Plans.Draft(plan, Optional.empty()));
      if (number.isEmpty()) links.keep(flow, plan.links());
      number.ifPresent(n -> plans.accept(flow, n));
      return number.isPresent() || !plans.unfinished(flow).isEmpty();
    }

    /// One node, and after its death the next one, which holds the flow's lock.
    private void deliver() throws InterruptedException {
      for (var i = 0; i < DELIVERIES_MAX; i++) {
        if (random.nextBoolean()) plans.takeOver(flow);
        if (node(time.instant().plus(Duration.ofHours(1)))) return;
        time.pause(Duration.ofSeconds(random.nextInt(120)));
      }
    }

    /// Whether it lived to the end.
    private boolean node(Instant until) throws InterruptedException {
      var queue = new MortalQueue(new PostgresQueue(database.jdbi()), random);
      try {
        var order = new Delivery.Order(flow, Optional.empty(), until, () -> false);
        new Delivery(plans, queue, world).deliverAll(order, CONFIG, dying(queue));
        return true;
      } catch (FaultyTarget.Death _) {
        return false;
      }
    }

    private dev.tenure.target.Target dying(MortalQueue queue) {
      return new MortalTarget(target, queue);
    }

    /// A second node works on the same flow while the first waits for an answer.
    private void another() {
      if (nested) return;
      nested = true;
      try {
        node(time.instant().plus(Duration.ofSeconds(30)));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        nested = false;
      }
    }

    private Map<String, String> state() {
      var state = new TreeMap<String, String>();
      for (var account : target.accounts()) {
        var title = FaultyTarget.isActive(account) ? account.resource().text("title").get() : "";
        if (!title.isEmpty()) state.merge(Draw.person(account), title, (a, b) -> a + " and " + b);
      }
      return state;
    }

    private Map<String, String> expected() {
      var expected = new TreeMap<>(wanted);
      expected.values().removeIf(String::isEmpty);
      return expected;
    }
  }
}
