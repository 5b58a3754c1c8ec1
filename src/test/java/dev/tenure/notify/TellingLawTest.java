package dev.tenure.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.notify.TestHook.Got;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Whatever fails (receivers that refuse, break off or lose answers, nodes that die while they
/// send, several nodes at once): each receiver is told everything, in order, and of one thing once
/// for as long as it lasts.
class TellingLawTest {
  private static final int CASES = 6;
  private static final int STEPS = 40;
  private static final int TURNS_MAX = 60;
  private static final List<String> CLUSTERS = List.of("Sales vanished", "renamed", "share");

  /// What is held at this moment.
  private final Set<String> held = new HashSet<>();

  @Test
  void everyReceiverIsToldEverythingOnceAndInOrder() {
    for (int i = 0; i < CASES; i++) {
      long seed = Long.getLong("law.seed", 20_261_125L) + i;
      held.clear();
      try (var world = new NotifyWorld()) {
        var random = new Random(seed);
        world.hook().answer(_ -> reply(random));
        for (int step = 0; step < STEPS; step++) step(world, random);
        world.hook().answer(_ -> 204);
        settle(world);
        for (var name : List.of("one", "two")) require(world, name, "law.seed=" + seed);
      }
    }
  }

  private static synchronized int reply(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> TestHook.CUT;
      case 1 -> TestHook.LOST;
      case 2 -> 500;
      case 3 -> 429;
      case 4 -> 401;
      default -> 204;
    };
  }

  private void step(NotifyWorld world, Random random) {
    switch (random.nextInt(7)) {
      case 0 -> world.clock().forward(Duration.ofSeconds(random.nextInt(400)));
      case 1 -> nodes(world, List.of(dying(world, random.nextInt(3))));
      case 2 -> nodes(world, List.of(world.ways(), world.ways(), dying(world, random.nextInt(3))));
      case 3, 4 -> nodes(world, List.of(world.ways(), world.ways()));
      default -> toggle(world, CLUSTERS.get(random.nextInt(CLUSTERS.size())));
    }
  }

  private void toggle(NotifyWorld world, String cluster) {
    if (held.remove(cluster)) {
      world.release(cluster);
    } else {
      held.add(cluster);
      world.hold(cluster);
    }
  }

  /// A node that dies when it has sent so often: nobody hears what came of it.
  private static Messenger dying(NotifyWorld world, int after) {
    var left = new AtomicInteger(after);
    return (to, message) -> {
      var answer = world.ways().send(to, message);
      if (left.getAndDecrement() <= 0) throw new IllegalStateException("the node died");
      return answer;
    };
  }

  private static void nodes(NotifyWorld world, List<Messenger> messengers) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var messenger : messengers) threads.execute(() -> once(world.node(messenger)));
    }
  }

  /// One that dies leaves its lease behind.
  private static void once(Notifier node) {
    try {
      node.once();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("the node died");
    }
  }

  /// Until nothing waits, and what is over was told; fails where that does not come.
  private static void settle(NotifyWorld world) {
    for (int turn = 0; turn < 3; turn++) {
      world.clock().forward(Duration.ofMinutes(6));
      world.once();
    }
    for (int turn = 0; turn < TURNS_MAX && world.count("notice_message") > 0; turn++) {
      world.clock().forward(Duration.ofMinutes(6));
      world.once();
    }
    assertThat(world.count("notice_message")).isZero();
  }

  private void require(NotifyWorld world, String receiver, String seed) {
    var taken = world.hook().taken().stream().filter(g -> g.path().equals("/" + receiver)).toList();
    var first = new LinkedHashMap<String, Got>();
    taken.forEach(got -> first.putIfAbsent(got.id(), got));
    var queued =
        world.texts(
            "select 'msg_' || (detail->>'event') from audit_entry where log = 'system/notify'"
                + " and action = 'notify.queued' and subject = '%s' order by id"
                    .formatted(receiver));
    assertThat(first.keySet()).as("%s: all, in order", seed).containsExactlyElementsOf(queued);
    var order = List.copyOf(first.keySet());
    assertThat(taken.stream().map(got -> order.indexOf(got.id())).toList())
        .as("%s: nothing comes again after what followed it", seed)
        .isSorted();
    assertThat(world.texts("select action from audit_entry where action = 'notify.given-up'"))
        .as(seed)
        .isEmpty();
    requireOnce(first, seed);
  }

  private void requireOnce(Map<String, Got> first, String seed) {
    var states = new LinkedHashMap<String, List<String>>();
    for (var got : first.values()) {
      states.computeIfAbsent(got.subject(), _ -> new ArrayList<>()).add(got.state());
    }
    states.forEach((subject, told) -> {
      for (int i = 0; i < told.size(); i++) {
        assertThat(told.get(i))
            .as("%s: %s, %s", seed, subject, told)
            .isEqualTo(i % 2 == 0 ? "begun" : "over");
      }
    });
    for (var cluster : CLUSTERS) {
      var told = states.getOrDefault("plan-held flow/people/" + cluster, List.of("over"));
      assertThat(told.getLast())
          .as("%s: %s", seed, cluster)
          .isEqualTo(held.contains(cluster) ? "begun" : "over");
    }
  }

  @Test
  void whatNobodyTakesForADayIsGivenUpAndWrittenDown() {
    try (var world = new NotifyWorld()) {
      world.hook().answer(_ -> 503);
      world.hold("renamed");
      world.once();
      assertThat(world.count("notice_message")).isEqualTo(2);
      world.clock().forward(Duration.ofHours(23));
      world.once();
      assertThat(world.outbox().standings())
          .allSatisfy(s -> {
            assertThat(s.waiting()).isEqualTo(1);
            assertThat(s.failures()).isGreaterThan(1);
            assertThat(s.answer()).isEqualTo("answered 503");
          });
      world.clock().forward(Duration.ofHours(2));
      world.hook().answer(_ -> 204);
      world.once();
      assertThat(world.texts("select subject from audit_entry where action = 'notify.given-up'"))
          .containsExactlyInAnyOrder("one", "two");
      assertThat(world.hook().taken()).allSatisfy(g -> assertThat(g.state()).isEqualTo("lasting"));
      assertThat(world.outbox().told(Long.MAX_VALUE, 9))
          .extracting(t -> t.message().text("state") + " " + t.taken() + " " + t.answer())
          .containsExactly(
              "lasting true answered 204",
              "lasting true answered 204",
              "begun false answered 503",
              "begun false answered 503");
    }
  }

  @Test
  void oneMessageThatIsRefusedDoesNotHoldUpTheOthers() {
    try (var world = new NotifyWorld()) {
      world.receivers(world.webhook("one"));
      world.hook().answer(got -> got.body().contains("renamed") ? 422 : 204);
      world.hold("renamed");
      world.once();
      world.hold("share");
      for (int i = 1; i < Sending.REFUSALS_MAX; i++) {
        assertThat(world.hook().taken()).isEmpty();
        world.clock().forward(Duration.ofMinutes(6));
        world.once();
      }
      assertThat(world.hook().taken()).singleElement().extracting(Got::state).isEqualTo("begun");
      assertThat(
              world.texts(
                  "select detail->>'why' from audit_entry where action = 'notify.given-up'"))
          .containsExactly("answered 422");
    }
  }

  @Test
  void whoIsGoneIsNotAskedAgain() {
    try (var world = new NotifyWorld()) {
      world.receivers(world.webhook("one"));
      world.hook().answer(_ -> 410);
      world.hold("renamed");
      world.once();
      world.once();
      assertThat(world.hook().all()).hasSize(1);
      assertThat(world.count("notice_message")).isZero();
    }
  }

  @Test
  void whatWasToldIsRememberedForAMonthPageByPage() {
    try (var world = new NotifyWorld()) {
      world.receivers(world.webhook("one"));
      for (var cluster : List.of("a", "b", "c")) world.hold(cluster);
      world.hook().answer(_ -> 503);
      world.once();
      assertThat(world.outbox().told(Long.MAX_VALUE, 9)).isEmpty();
      assertThat(world.outbox().open(2))
          .hasSize(2)
          .allSatisfy(open -> assertThat(open.receiver()).isEqualTo("one"));
      world.hook().answer(_ -> 204);
      world.clock().forward(Duration.ofMinutes(6));
      world.once();
      assertThat(world.outbox().open(2)).isEmpty();
      var first = world.outbox().told(Long.MAX_VALUE, 2);
      var rest = world.outbox().told(first.getLast().id(), 2);
      assertThat(first).hasSize(2);
      assertThat(rest)
          .singleElement()
          .satisfies(told -> {
            assertThat(told.taken()).isTrue();
            assertThat(told.settledAt()).isBetween(told.message().at(), world.clock().instant());
            assertThat(told.message().text("title")).isEqualTo("people: 1 change is held: a");
          });
      world.clock().forward(Sending.REMEMBERED.plusMinutes(1));
      world.outbox().forget(world.clock().instant().minus(Sending.REMEMBERED));
      assertThat(world.outbox().told(Long.MAX_VALUE, 9)).isEmpty();
    }
  }

  @Test
  void whoWantsSomethingElseIsNotTold() {
    try (var world = new NotifyWorld()) {
      var one = world.webhook("one");
      world.receivers(
          new Receiver("kind", one.way(), Set.of(Kind.CONFLICTS), Set.of()),
          new Receiver("flow", one.way(), Set.of(Kind.values()), Set.of("other")),
          new Receiver("both", one.way(), Set.of(Kind.PLAN_HELD), Set.of("other", "people")));
      world.hold("renamed");
      world.once();
      assertThat(world.hook().taken()).hasSize(1);
      assertThat(world.outbox().standings())
          .extracting(Outbox.Standing::receiver)
          .containsExactly("both");
    }
  }

  @Test
  void theBackgroundTellsByItselfAndStops() {
    try (var world = new NotifyWorld()) {
      world.hold("renamed");
      try (var node = world.node(world.ways()).start();
          var other = world.node(world.ways()).start()) {
        assertThat(node).isNotSameAs(other);
        assertThat(dev.tenure.testkit.Product.until(() -> world.hook().taken().size() == 2))
            .isTrue();
      }
      assertThat(world.hook().taken())
          .extracting(Got::path)
          .containsExactlyInAnyOrder("/one", "/two");
    }
  }
}
