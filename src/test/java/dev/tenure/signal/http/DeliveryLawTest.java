package dev.tenure.signal.http;

import static dev.tenure.signal.EventType.ACCOUNT_DISABLED;
import static dev.tenure.signal.EventType.ACCOUNT_ENABLED;
import static dev.tenure.signal.EventType.PATCH_NOTICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.signal.EventType;
import dev.tenure.signal.Outlet;
import dev.tenure.signal.PusherSteps;
import dev.tenure.signal.Received;
import dev.tenure.signal.SignalWorld;
import dev.tenure.signal.SignalWorld.Api;
import dev.tenure.signal.TestReceiver;
import dev.tenure.signal.TestReceiver.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every event is delivered at least once, and those of a subject in their order, whatever fails:
/// receivers that refuse, break off or lose answers, nodes that die in a push, several nodes at
/// once, polls whose answers or acknowledgements are lost.
class DeliveryLawTest {
  private static final int CASES = 8;
  private static final int STEPS = 40;
  private static final int USERS = 5;
  private static final int TURNS_MAX = 60;
  private static final EventType[] EVENTS = {ACCOUNT_DISABLED, ACCOUNT_ENABLED, PATCH_NOTICE};
  private static final HttpOutlet HTTP = new HttpOutlet();
  private static SignalWorld world;
  private static Api api;

  @BeforeAll
  static void start() {
    world = new SignalWorld();
    api = world.receiver(TestServer.ACME);
  }

  @AfterAll
  static void stop() {
    HTTP.close();
    world.close();
  }

  /// Users, and of each its changes in order: the events that tell of one, in no order.
  private static final class Story {
    private final Map<String, List<Set<EventType>>> changes = new LinkedHashMap<>();
    private final Set<String> inactive = new HashSet<>();

    Story() {
      for (int i = 0; i < USERS; i++) {
        var name = "{\"userName\": \"" + UUID.randomUUID() + "\"}";
        var id = world.acme().post("/Users", name).id();
        changes.put(id, new ArrayList<>());
      }
    }

    void goOn(Random random) {
      var id = List.copyOf(changes.keySet()).get(random.nextInt(USERS));
      var user = UUID.fromString(id);
      if (random.nextInt(3) == 0) {
        world.change(user, "title", "title " + random.nextLong());
        tell(id, Set.of(PATCH_NOTICE));
      } else if (inactive.remove(id)) {
        world.change(user, "active", true);
        tell(id, Set.of(ACCOUNT_ENABLED, PATCH_NOTICE));
      } else {
        inactive.add(id);
        world.change(user, "active", false);
        tell(id, Set.of(ACCOUNT_DISABLED, PATCH_NOTICE));
      }
    }

    private void tell(String id, Set<EventType> events) {
      changes.computeIfAbsent(id, _ -> new ArrayList<>()).add(events);
    }

    /// The law, on what a receiver took, in the order in which it did; some it took twice.
    void requireToldBy(List<Received> taken, String seed) {
      changes.forEach((id, expected) -> {
        var mine = taken.stream().filter(token -> token.id().equals(id)).toList();
        var byChange = new LinkedHashMap<String, List<Received>>();
        mine.forEach(t -> byChange.computeIfAbsent(t.txn(), _ -> new ArrayList<>()).add(t));
        assertThat(byChange.values().stream().map(Story::types).toList())
            .as("%s: each change of %s, in order", seed, id)
            .isEqualTo(expected);
        var order = List.copyOf(byChange.keySet());
        assertThat(mine.stream().map(token -> order.indexOf(token.txn())).toList())
            .as("%s: nothing comes again after what followed it", seed)
            .isSorted();
        assertThat(mine.stream().filter(t -> t.type() == PATCH_NOTICE).map(Story::version))
            .as(seed)
            .isSorted();
      });
    }

    private static Set<EventType> types(List<Received> tokens) {
      return tokens.stream().map(Received::type).collect(Collectors.toSet());
    }

    private static Long version(Received token) {
      return Long.valueOf(token.event().path("version").asString("").replaceAll("\\D", ""));
    }
  }

  @Test
  void pushesArriveAtLeastOnceAndInOrderWhateverFails() throws Exception {
    for (int i = 0; i < CASES; i++) {
      long seed = Long.getLong("law.seed", 20_261_124L) + i;
      var random = new Random(seed);
      try (var receiver = new TestReceiver(world)) {
        var stream = api.pushed(receiver, EVENTS);
        var story = new Story();
        receiver.answer(_ -> reply(random));
        for (int step = 0; step < STEPS; step++) pushStep(story, random);
        receiver.answer(_ -> Reply.ACCEPTED);
        settle(stream);
        story.requireToldBy(receiver.accepted(), "law.seed=" + seed);
        api.send("DELETE", "/stream?stream_id=" + stream, "");
      }
    }
  }

  private static synchronized Reply reply(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> Reply.CUT;
      case 1 -> Reply.LOST;
      case 2 -> Reply.of(500);
      case 3 -> Reply.of(503);
      case 4 -> Reply.error("authentication_failed");
      default -> Reply.ACCEPTED;
    };
  }

  private static void pushStep(Story story, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> world.clock().forward(Duration.ofSeconds(random.nextInt(400)));
      case 1 -> push(List.of(dying(random.nextInt(4))));
      case 2 -> push(List.of(HTTP, HTTP, dying(random.nextInt(4))));
      case 3 -> push(List.of(HTTP));
      default -> story.goOn(random);
    }
  }

  /// The outlet of a node that dies when it has pushed so often: nobody hears what came of it.
  private static Outlet dying(int after) {
    var left = new AtomicInteger(after);
    return (to, token) -> {
      var receipt = HTTP.push(to, token);
      if (left.getAndDecrement() <= 0) throw new IllegalStateException("the node died");
      return receipt;
    };
  }

  /// Each outlet is a new node on the same database; all push at once.
  private static void push(List<Outlet> nodes) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var outlet : nodes) threads.execute(() -> once(outlet));
    }
  }

  /// One that dies leaves its lease behind.
  private static void once(Outlet outlet) {
    try {
      PusherSteps.once(world.node(outlet));
    } catch (IllegalStateException e) {
      assertThat(e).hasRootCauseMessage("the node died");
    }
  }

  /// Until nothing waits any more; fails where that does not come.
  private static void settle(String stream) {
    for (int turn = 0; turn < TURNS_MAX && waiting(stream) > 0; turn++) {
      world.clock().forward(Duration.ofMinutes(6));
      PusherSteps.once(world.node(HTTP));
    }
    assertThat(waiting(stream)).isZero();
  }

  private static long waiting(String stream) {
    return world.count("select count(*) from signal_event where stream = '" + stream + "'");
  }

  @Test
  void pollsGiveAtLeastOnceAndInOrderWhateverIsLost() {
    for (int i = 0; i < CASES; i++) {
      long seed = Long.getLong("law.seed", 77_261_124L) + i;
      var random = new Random(seed);
      var poller = new Poller(api.polled(EVENTS), random);
      var story = new Story();
      for (int step = 0; step < STEPS; step++) {
        if (random.nextBoolean()) story.goOn(random);
        else poller.poll(random.nextInt(4), random.nextInt(3) == 0);
      }
      for (int turn = 0; turn < TURNS_MAX * 10 && waiting(poller.stream) > 0; turn++) {
        poller.poll(7, false);
      }
      assertThat(waiting(poller.stream)).isZero();
      story.requireToldBy(poller.taken, "law.seed=" + seed);
      api.send("DELETE", "/stream?stream_id=" + poller.stream, "");
    }
  }

  /// Takes what a poll gives in no order, as from a JSON object, and forgets some acknowledgements.
  private static final class Poller {
    private final String stream;
    private final Random random;
    private final List<Received> taken = new ArrayList<>();
    private final List<String> acks = new ArrayList<>();

    Poller(String stream, Random random) {
      this.stream = stream;
      this.random = random;
    }

    void poll(int most, boolean lost) {
      var ack = "\"ack\": [" + String.join(",", acks) + "]";
      var answer = api.poll(stream, "\"maxEvents\": " + most + ", " + ack);
      if (lost) return;
      acks.clear();
      var tokens = new ArrayList<>(Polls.tokens(api, answer));
      Collections.shuffle(tokens, random);
      for (var token : tokens) {
        taken.add(token);
        if (random.nextInt(4) > 0) acks.add("\"" + token.jti() + "\"");
      }
    }
  }
}
