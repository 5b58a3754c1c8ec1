package dev.tenure.signal.http;

import static dev.tenure.signal.EventType.ACCOUNT_DISABLED;
import static dev.tenure.signal.EventType.ACCOUNT_ENABLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.organization.TestServer;
import dev.tenure.signal.Pusher;
import dev.tenure.signal.PusherSteps;
import dev.tenure.signal.Received;
import dev.tenure.signal.SignalWorld;
import dev.tenure.signal.SignalWorld.Api;
import dev.tenure.signal.TestReceiver;
import dev.tenure.signal.TestReceiver.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pushes (RFC 8935) to a real receiver, step by step on a clock that is set forward (C3 126).
class PushTest {
  private static SignalWorld world;
  private static Api api;
  private static Pusher node;
  private TestReceiver receiver;
  private String stream;

  @BeforeAll
  static void start() {
    world = new SignalWorld();
    api = world.receiver(TestServer.ACME);
    node = world.node();
  }

  @AfterAll
  static void stop() {
    node.close();
    world.close();
  }

  @BeforeEach
  void connect() {
    receiver = new TestReceiver(world);
    stream = api.pushed(receiver, ACCOUNT_DISABLED, ACCOUNT_ENABLED);
  }

  @AfterEach
  void disconnect() {
    api.send("DELETE", "/stream?stream_id=" + stream, "");
    receiver.close();
  }

  private static UUID user(String userName) {
    return UUID.fromString(
        world.acme().post("/Users", "{\"userName\": \"" + userName + "\"}").id());
  }

  private static UUID leaver(String userName) {
    var user = user(userName);
    world.change(user, "active", false);
    return user;
  }

  private static void push() {
    PusherSteps.once(node);
  }

  private long waiting() {
    return world.count("select count(*) from signal_event where stream = '" + stream + "'");
  }

  private List<String> accepted() {
    return receiver.accepted().stream().map(Received::id).toList();
  }

  @Test
  void aPushIsAcceptedOnceAndIsGone() {
    var user = leaver("once@example.com");
    push();
    push();
    assertThat(accepted()).containsExactly(user.toString());
    assertThat(waiting()).isZero();
    var fields = receiver.fields().getFirst();
    assertThat(fields.get("Content-type")).containsExactly("application/secevent+jwt");
    assertThat(fields).doesNotContainKey("Authorization");
  }

  @Test
  void theReceiversSecretGoesWithEachPush() {
    var body =
        """
        {"stream_id": "%s", "delivery": {"method": "urn:ietf:rfc:8935", "endpoint_url": "%s",
          "authorization_header": "Bearer of-the-receiver"}}\
        """
            .formatted(stream, receiver.address());
    var changed = api.send("PATCH", "/stream", body);
    assertThat(changed.status()).isEqualTo(200);
    leaver("secret@example.com");
    push();
    assertThat(receiver.fields().getFirst().get("Authorization"))
        .containsExactly("Bearer of-the-receiver");
  }

  @Test
  void aRefusedTokenIsRecordedAndTheNextFollows() {
    receiver.answer(
        t -> t.type() == ACCOUNT_DISABLED ? Reply.error("invalid_audience") : Reply.ACCEPTED);
    var user = leaver("refused@example.com");
    world.change(user, "active", true);
    push();
    assertThat(receiver.accepted()).extracting(Received::type).containsExactly(ACCOUNT_ENABLED);
    assertThat(waiting()).isZero();
    assertThat(
            world.count(
                "select count(*) from audit_entry where action = 'signal.refused' and actor ="
                    + " 'system' and detail ->> 'err' = 'invalid_audience' and detail ->>"
                    + " 'subject' = 'Users/"
                    + user
                    + "'"))
        .isOne();
  }

  @Test
  void whatCanBeCuredIsTriedAgainNotDropped() {
    for (var reply :
        List.of(
            Reply.error("authentication_failed"),
            Reply.error("access_denied"),
            Reply.error("invalid_key"),
            Reply.of(401),
            Reply.of(404),
            Reply.of(503),
            Reply.of(500),
            Reply.of(400),
            Reply.CUT,
            new Reply(302, "", Map.of("Location", "http://127.0.0.1:9/stolen")))) {
      receiver.answer(_ -> reply);
      var user = leaver("cure" + reply.hashCode() + "@example.com");
      push();
      assertThat(receiver.next().id()).as("%s", reply).isEqualTo(user.toString());
      assertThat(waiting()).as("%s", reply).isOne();
      receiver.answer(_ -> Reply.ACCEPTED);
      world.clock().forward(Duration.ofMinutes(6));
      push();
      assertThat(waiting()).as("%s", reply).isZero();
      assertThat(receiver.next().id()).isEqualTo(user.toString());
    }
  }

  @Test
  void anyKindOfSuccessIsOne() {
    for (int status : List.of(200, 202, 204)) {
      receiver.answer(_ -> Reply.of(status));
      leaver("success" + status + "@example.com");
      push();
      assertThat(waiting()).as("%d", status).isZero();
    }
  }

  @Test
  void oneTokenThatAlwaysFailsHoldsBackItsSubjectOnly() {
    var poison = leaver("poison@example.com");
    world.change(poison, "active", true);
    receiver.answer(t ->
        t.id().equals(poison.toString()) && t.type() == ACCOUNT_DISABLED
            ? Reply.of(500)
            : Reply.ACCEPTED);
    push();
    var others = List.of(leaver("n1@example.com"), leaver("n2@example.com"));
    push();
    assertThat(accepted())
        .containsExactlyInAnyOrderElementsOf(others.stream().map(UUID::toString).toList());
    assertThat(waiting()).isEqualTo(2);
    receiver.answer(_ -> Reply.ACCEPTED);
    world.clock().forward(Duration.ofMinutes(6));
    push();
    assertThat(receiver.accepted())
        .filteredOn(t -> t.id().equals(poison.toString()))
        .extracting(Received::type)
        .containsExactly(ACCOUNT_DISABLED, ACCOUNT_ENABLED);
  }

  @Test
  void aReceiverThatTakesNothingIsNotAskedForEachEvent() {
    receiver.answer(_ -> Reply.of(500));
    for (int i = 0; i < 30; i++) leaver("down" + i + "@example.com");
    push();
    assertThat(receiver.fields()).hasSizeBetween(4, 12);
    assertThat(waiting()).isEqualTo(30);
    receiver.answer(_ -> Reply.ACCEPTED);
    world.clock().forward(Duration.ofMinutes(6));
    push();
    assertThat(waiting()).isZero();
    assertThat(receiver.accepted()).hasSize(30);
  }

  @Test
  void theReceiversRetryAfterIsKept() {
    receiver.answer(_ -> new Reply(429, "", Map.of("Retry-After", "1000")));
    leaver("busy@example.com");
    push();
    receiver.answer(_ -> Reply.ACCEPTED);
    world.clock().forward(Duration.ofSeconds(990));
    push();
    assertThat(receiver.accepted()).isEmpty();
    world.clock().forward(Duration.ofSeconds(20));
    push();
    assertThat(receiver.accepted()).hasSize(1);
  }

  @Test
  void aStreamIsOneNodesAtATimeUntilItsLeaseRunsOut() {
    var user = leaver("lease@example.com");
    var died =
        world.node((_, _) -> {
          throw new Crash();
        });
    assertThatThrownBy(() -> PusherSteps.once(died)).hasRootCauseInstanceOf(Crash.class);
    push();
    assertThat(receiver.accepted()).as("the lease is still the dead node's").isEmpty();
    world.clock().forward(Duration.ofSeconds(21));
    push();
    assertThat(accepted()).containsExactly(user.toString());
  }

  /// The end of a process in the middle of a push.
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aStartedNodePushesByItselfAndStopsWithinFiveSeconds() {
    var background = world.node();
    background.start();
    var user = leaver("background@example.com");
    assertThat(receiver.next().id()).isEqualTo(user.toString());
    var release = new CountDownLatch(1);
    receiver.answer(_ -> {
      await(release);
      return Reply.CUT;
    });
    leaver("slow@example.com");
    receiver.arrived();
    receiver.arrived();
    long before = System.nanoTime();
    background.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
    release.countDown();
    assertThat(waiting()).as("what got no answer waits").isOne();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aDisabledClientIsToldNothingMore() {
    try (var theirs = new TestReceiver(world)) {
      var leaving = world.receiver(TestServer.ACME, "leaving");
      leaving.pushed(theirs, ACCOUNT_DISABLED);
      leaver("known@example.com");
      world.scim().organizations().credentials().disable(TestServer.ACME, "leaving");
      leaver("unknown@example.com");
      push();
      assertThat(theirs.fields()).isEmpty();
      assertThat(receiver.accepted()).hasSize(2);
    }
  }

  @Test
  void aPausedStreamIsNotPushedTo() {
    var body = "{\"stream_id\": \"" + stream + "\", \"status\": \"%s\"}";
    api.post("/status", body.formatted("paused"));
    leaver("paused@example.com");
    push();
    assertThat(receiver.fields()).isEmpty();
    assertThat(api.poll(stream, "").json().path("sets").size()).as("nor polled").isZero();
    api.post("/status", body.formatted("enabled"));
    push();
    assertThat(receiver.accepted()).hasSize(1);
  }
}
