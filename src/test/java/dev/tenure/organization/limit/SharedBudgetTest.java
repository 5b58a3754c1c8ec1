package dev.tenure.organization.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.database.Nodes;
import dev.tenure.id.OrganizationId;
import dev.tenure.testkit.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nodes that share a database let no more through than one of them would alone, and no less.
class SharedBudgetTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final int NODES = 3;
  private static final int THREADS = 4;
  private static final int BURST = 400;

  /// What a node may be left with when its last thread has gone.
  private static final int BLOCK = BURST / 20;

  private Database database;

  @BeforeEach
  void start() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void allNodesTogetherHaveOneBudget() throws Exception {
    for (var limit : List.of(new RateLimit(60, BURST, false), new RateLimit(BURST, BURST, true))) {
      var nodes = nodes(limit, "okta" + limit.byWindow());
      var begun = Instant.now();
      var granted = new AtomicInteger();
      var work = new ArrayList<Callable<Object>>();
      for (var node : nodes) {
        for (int i = 0; i < THREADS; i++) work.add(() -> exhaust(node, limit, granted));
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var done : threads.invokeAll(work)) done.get();
      }
      var seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
      var back = limit.byWindow() ? 0 : limit.perSecond() * seconds;
      assertThat(granted.get()).isBetween(BURST - NODES * BLOCK, BURST + (int) Math.ceil(back));
    }
  }

  /// Until nothing is left.
  private static Object exhaust(Budgets node, RateLimit limit, AtomicInteger granted) {
    while (take(node, "okta" + limit.byWindow()).granted()) granted.incrementAndGet();
    return true;
  }

  @Test
  void whoWasRefusedIsToldWhenToComeAgain() {
    var node = nodes(new RateLimit(2, 3, false), "okta").getFirst();
    for (int i = 0; i < 3; i++) assertThat(take(node, "okta").granted()).isTrue();
    var refused = take(node, "okta");
    assertThat(refused.granted()).isFalse();
    assertThat(refused.retrySeconds()).isBetween(20, 30);
    assertThat(refused.resetSeconds()).isBetween(60, 90);
    assertThat(refused.left()).isZero();
  }

  @Test
  void whatIsLeftIsSeenFromEveryNodeAndTakesNothing() {
    for (var limit : List.of(new RateLimit(60, BURST, false), new RateLimit(BURST, BURST, true))) {
      var client = "okta" + limit.byWindow();
      var nodes = nodes(limit, client);
      assertThat(nodes.getFirst().use(ACME, client, false).orElseThrow().left()).isEqualTo(BURST);
      for (int i = 0; i < 100; i++) take(nodes.getFirst(), client);
      for (var node : nodes) {
        for (int look = 0; look < 3; look++) {
          var use = node.use(ACME, client, false).orElseThrow();
          assertThat(use.left()).isBetween(BURST - 100L - 2 * BLOCK, BURST - 100L + 5);
        }
      }
    }
  }

  @Test
  void requestsComeBackToAllNodes() {
    var nodes = nodes(new RateLimit(600, 2, false), "okta");
    var begun = Instant.now();
    int granted = 0;
    while (granted < 12) if (take(nodes.get(granted % NODES), "okta").granted()) granted++;
    assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(900));
  }

  /// The limit of the node that is alone goes on when others come, and when they go again.
  @Test
  void whatWasUsedStaysUsedWhenNodesComeAndGo() {
    var limit = new RateLimit(1, 50, false);
    var node = node(limit, "okta");
    node.besides(0);
    for (int i = 0; i < 20; i++) take(node, "okta");
    node.besides(1);
    assertThat(take(node, "okta").left()).isBetween(27L, 29L);
    for (int i = 0; i < 9; i++) take(node, "okta");
    var other = node(limit, "okta");
    other.besides(1);
    assertThat(take(other, "okta").left()).isLessThanOrEqualTo(20);
    node.besides(0);
    assertThat(take(node, "okta").left()).isBetween(1L, 20L);
  }

  @Test
  void eachClientHasItsOwnAndFlowsHaveNone() {
    var node = new Budgets(database, Clock.systemUTC());
    var own = Map.of("small", new RateLimit(60, 1, false), "free", new RateLimit(0, 1, false));
    node.declare(ACME, new RateLimits(new RateLimit(60, 2, false), own, false));
    assertThat(take(node, "small").left()).isZero();
    assertThat(take(node, "okta").left()).isOne();
    assertThat(take(node, "entra").left()).isOne();
    assertThat(node.take(ACME, "free", false)).isEmpty();
    assertThat(node.take(ACME, "flow people", false)).isEmpty();
    node.declare(ACME, new RateLimits(new RateLimit(60, 2, false), own, true));
    assertThat(take(node, "flow people").left()).isOne();
  }

  @Test
  void whereNothingIsConfiguredTheProfileDecides() {
    var node = new Budgets(database, Clock.systemUTC());
    assertThat(node.take(ACME, "okta", true).orElseThrow().left()).isEqualTo(299);
    assertThat(node.take(new OrganizationId("other"), "okta", false).orElseThrow().left())
        .isEqualTo(599_999);
  }

  @Test
  void nodesFindEachOther() {
    var others = new AtomicInteger(-1);
    try (var _ = Nodes.join(database, others::set)) {
      assertThat(others.get()).isZero();
      var second = new AtomicInteger(-1);
      try (var _ = Nodes.join(database, second::set)) {
        assertThat(second.get()).isOne();
      }
      try (var _ = Nodes.join(database, second::set)) {
        assertThat(second.get()).isOne();
      }
      silence();
      try (var _ = Nodes.join(database, second::set)) {
        assertThat(second.get()).isZero();
      }
    }
  }

  private void silence() {
    database
        .jdbi()
        .useHandle(handle -> handle.execute("update node set seen = seen - interval '16 s'"));
  }

  private List<Budgets> nodes(RateLimit limit, String client) {
    var nodes = new ArrayList<Budgets>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(node(limit, client));
      nodes.getLast().besides(NODES - 1);
    }
    return nodes;
  }

  private Budgets node(RateLimit limit, String client) {
    var node = new Budgets(database, Clock.systemUTC());
    node.declare(ACME, new RateLimits(limit, Map.of(client, limit), false));
    return node;
  }

  private static Allowance take(Budgets node, String client) {
    Optional<Allowance> said = node.take(ACME, client, false);
    return said.orElseThrow();
  }
}
