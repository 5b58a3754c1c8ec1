package dev.tenure.deliver.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.deliver.SimulatedTime;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Budget;
import dev.tenure.target.Budget.Ask;
import dev.tenure.target.Budget.Use;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// N requests under a limit of R a minute, by any number of nodes, on a simulated clock.
class BudgetLawTest {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int MINUTES = 4;
  private static final long SEEDS = Long.getLong("law.seeds", 40);

  private final SimulatedTime time = new SimulatedTime();
  private final MemoryBooks books = new MemoryBooks();

  private static void holds(Consumer<RandomGenerator> law) {
    for (var seed = 0L; seed < SEEDS; seed++) {
      try {
        law.accept(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private SharedBudget budget(Terms terms) {
    return new SharedBudget("cloud", terms, books, time);
  }

  private static Terms limit(int perMinute) {
    return new Terms(OptionalLong.of(perMinute), 1, 0.1);
  }

  /// Sends `count` requests from these nodes in turn; each takes `latency`. How long it took.
  private Duration send(Limited server, List<SharedBudget> nodes, int count, Duration latency) {
    var begun = time.instant();
    var done = 0;
    while (done < count) {
      var wait = LOOK;
      var sent = false;
      for (var node : nodes) {
        var grant = node.take(new Ask(Math.min(50, Math.max(1, count - done)), Use.CHANGE));
        for (var i = 0; i < grant.count(); i++) {
          time.pause(latency);
          var heard = server.answer();
          node.heard(heard);
          if (heard.status() == 200) done++;
          else {
            node.giveBack(grant.count() - i - 1);
            break;
          }
        }
        sent |= grant.count() > 0;
        var until = Duration.between(time.instant(), grant.nextAt());
        if (until.isPositive() && until.compareTo(wait) < 0) wait = until;
      }
      if (!sent) time.pause(wait);
    }
    return Duration.between(begun, time.instant());
  }

  private static double ratio(Duration took, int count, int perMinute) {
    return took.toMillis() / (60_000.0 * count / perMinute);
  }

  private List<SharedBudget> nodes(Terms terms, int count) {
    return IntStream.range(0, count).mapToObj(_ -> budget(terms)).toList();
  }

  @Test
  void anAnnouncedLimitIsNeverExceededAndUsedUp() {
    holds(random -> new BudgetLawTest().announced(random));
  }

  private void announced(RandomGenerator random) {
    var perMinute = 60 + random.nextInt(1200);
    var server = new Limited(time, perMinute, random.nextBoolean(), true);
    var nodes = nodes(Terms.USUAL, 1 + random.nextInt(3));
    var latency = Duration.ofMillis(random.nextInt(20));
    var count = MINUTES * perMinute;
    var took = send(server, nodes, count, latency);
    assertThat(server.refused()).isZero();
    var fastest = latency.multipliedBy(count).toMillis();
    assertThat(took.toMillis())
        .isLessThanOrEqualTo(Math.max((long) (1.03 * MINUTES * 60_000), fastest + 61_000));
  }

  @Test
  void aLimitOfAnyWindowIsNeverExceededAndUsedUp() {
    holds(random -> new BudgetLawTest().ofAnyWindow(random));
  }

  private void ofAnyWindow(RandomGenerator random) {
    var seconds = List.of(1, 2, 3, 4, 5, 10, 30, 60).get(random.nextInt(8));
    var perMinute = 60 + random.nextInt(2400);
    var allowed = Math.max(1, perMinute * seconds / 60);
    boolean byWindow = random.nextBoolean();
    var server = Limited.announced(time, allowed, Duration.ofSeconds(seconds), byWindow);
    var nodes = nodes(Terms.USUAL, 1 + random.nextInt(3));
    var latency = Duration.ofMillis(random.nextInt(20));
    var count = MINUTES * perMinute;
    var took = send(server, nodes, count, latency);
    var what = "%d in %d s, by window %s".formatted(allowed, seconds, byWindow);
    assertThat(server.refused()).as(what).isZero();
    var fastest = latency.multipliedBy(count).toMillis();
    var least = (double) count * seconds * 1000 / allowed;
    assertThat(took.toMillis())
        .as(what)
        .isLessThanOrEqualTo(Math.max((long) (1.03 * least), fastest + 1_000L * (seconds + 1)));
  }

  @Test
  void whatIsExpectedIsNotATenthFromWhatItTakesThoughSomeFail() {
    holds(random -> new BudgetLawTest().expected(random));
  }

  private void expected(RandomGenerator random) {
    var seconds = List.of(1, 3, 5, 10, 30, 60).get(random.nextInt(6));
    var allowed = Math.max(1, (60 + random.nextInt(2400)) * seconds / 60);
    boolean byWindow = random.nextBoolean();
    var server = Limited.announced(time, allowed, Duration.ofSeconds(seconds), byWindow);
    var nodes = nodes(Terms.USUAL, 1);
    // Something was sent before, at whatever time of the window.
    send(server, nodes, 1 + random.nextInt(allowed), Duration.ZERO);
    time.pause(Duration.ofMillis(random.nextInt(1000 * seconds)));
    var count = Math.max(20, MINUTES * 60 / seconds * allowed);
    var expected = nodes.getFirst().lasting(count).orElseThrow();
    var again = random.nextBoolean() ? count / 20 : 0;
    var took = send(server, nodes, count + again, Duration.ZERO);
    assertThat(took.toMillis() / (double) expected.toMillis())
        .as("%d in %d s, by window %s: %s", allowed, seconds, byWindow, expected)
        .isBetween(0.9, 1.1);
  }

  @Test
  void nobodyKnowsHowLongItTakesWithoutALimit() {
    assertThat(budget(Terms.USUAL).lasting(1_000)).isEmpty();
    assertThat(budget(limit(60)).lasting(120).orElseThrow())
        .isBetween(Duration.ofSeconds(118), Duration.ofSeconds(126));
  }

  @Test
  void aLeaverWaitsForNoWindowWhereRequestsComeBackOneByOne() {
    var server = Limited.announced(time, 300, Duration.ofMinutes(1), false);
    var node = budget(Terms.USUAL);
    send(server, List.of(node), 1_000, Duration.ofMillis(5));
    var leavers = node.take(new Ask(10, Use.LEAVER));
    assertThat(leavers.count()).isEqualTo(10);
    for (var i = 0; i < 10; i++) node.heard(server.answer());
    assertThat(server.refused()).isZero();
  }

  @Test
  void aConfiguredLimitIsNeverExceededEvenIfNobodyTellsIt() {
    holds(random -> new BudgetLawTest().configured(random));
  }

  private void configured(RandomGenerator random) {
    var perMinute = 60 + random.nextInt(1200);
    var server = new Limited(time, perMinute, random.nextBoolean(), false);
    var count = MINUTES * perMinute;
    var took = send(server, nodes(limit(perMinute), 1 + random.nextInt(3)), count, Duration.ZERO);
    assertThat(server.refused()).isZero();
    assertThat(ratio(took, count, perMinute)).isLessThanOrEqualTo(1.03);
  }

  @Test
  void aHiddenLimitIsLearnedWithAtMostOneRefusalAMinute() {
    holds(random -> new BudgetLawTest().hidden(random));
  }

  private void hidden(RandomGenerator random) {
    var perMinute = 60 + random.nextInt(600);
    var server = new Limited(time, perMinute, random.nextBoolean(), false);
    var latency = Duration.ofMillis(5 + random.nextInt(20));
    var took = send(server, nodes(Terms.USUAL, 1), 10 * perMinute, latency);
    assertThat(server.refused()).isLessThanOrEqualTo((int) took.toMinutes() + 1);
    assertThat(ratio(took, 10 * perMinute, perMinute)).isLessThanOrEqualTo(1.03);
  }

  @Test
  void aLeaverGoesAtOnceWhileOthersWait() {
    var server = new Limited(time, 300, true, true);
    var node = budget(Terms.USUAL);
    send(server, List.of(node), 450, Duration.ZERO);
    assertThat(node.take(new Ask(1, Use.CHANGE)).count()).isLessThanOrEqualTo(1);
    var leavers = node.take(new Ask(10, Use.LEAVER));
    assertThat(leavers.count()).isEqualTo(10);
    for (var i = 0; i < 10; i++) node.heard(server.answer());
    assertThat(server.refused()).isZero();
  }

  @Test
  void ofAShareTheRestIsLeftToOthers() {
    var server = new Limited(time, 300, true, true);
    var node = budget(new Terms(OptionalLong.empty(), 0.5, 0.1));
    var took = send(server, List.of(node), 300, Duration.ZERO);
    assertThat(took).isBetween(Duration.ofSeconds(95), Duration.ofSeconds(125));
  }

  @Test
  void whoIsAskedToWaitWaitsOnAllNodes() {
    var nodes = nodes(Terms.USUAL, 2);
    nodes.getFirst().heard(busy(Duration.ofSeconds(30)));
    var grant = nodes.getLast().take(new Ask(5, Use.LEAVER));
    assertThat(grant.count()).isZero();
    assertThat(grant.nextAt()).isEqualTo(time.instant().plusSeconds(30));
  }

  private static Budget.Heard busy(Duration wait) {
    return new Budget.Heard(429, Optional.of(wait), Optional.empty());
  }

  @Test
  void aTargetThatFailsAsAWholeIsProbedOnlyUntilItIsBack() {
    var nodes = nodes(Terms.USUAL, 2);
    var problem = new Problem(Code.CHANGE_UNKNOWN, "no answer", Map.of(), "wait");
    for (var person : List.of("a", "b", "c", "d", "e")) {
      nodes.getFirst().worked(person, Optional.of(problem));
    }
    time.pause(Duration.ofSeconds(1));
    assertThat(nodes.getLast().take(new Ask(50, Use.CHANGE)).quarantined()).isTrue();
    time.pause(Duration.ofSeconds(5));
    assertThat(nodes.getLast().take(new Ask(50, Use.LEAVER)).count()).isEqualTo(1);
    assertThat(nodes.getFirst().take(new Ask(50, Use.LEAVER)).count()).isZero();
    nodes.getLast().heard(new Budget.Heard(200, Optional.empty(), Optional.empty()));
    nodes.getLast().worked("a", Optional.empty());
    time.pause(Duration.ofSeconds(2));
    assertThat(nodes.getFirst().take(new Ask(50, Use.CHANGE)).count()).isEqualTo(50);
    assertThat(books.notes()).containsExactly("target.quarantined", "target.back");
  }

  @Test
  void aChangeThatFailsAloneQuarantinesNobody() {
    var node = budget(Terms.USUAL);
    var problem = new Problem(Code.CHANGE_UNKNOWN, "no answer", Map.of(), "wait");
    for (var i = 0; i < 20; i++) node.worked("a", Optional.of(problem));
    assertThat(node.take(new Ask(1, Use.CHANGE)).quarantined()).isFalse();
  }
}
