package dev.tenure.signal;

import static dev.tenure.signal.EventType.ACCOUNT_DISABLED;
import static dev.tenure.signal.EventType.CREATE_NOTICE;
import static dev.tenure.signal.EventType.STREAM_UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.signal.SignalWorld.Api;
import dev.tenure.signal.TestReceiver.Reply;
import dev.tenure.signal.http.HttpOutlet;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What waits stays within bounds, and a receiver that loses events is told so.
class TendingTest {
  private final HttpOutlet http = new HttpOutlet();
  private final SignalWorld world = new SignalWorld();
  private final Api api = world.receiver(TestServer.ACME);
  private final String jwks = world.keys().published();

  @AfterEach
  void stop() {
    http.close();
    world.close();
  }

  private void tend(int most) {
    var post = new Pusher.Post(world.queue(), world.streams(), http, world.keys());
    new Tending(post, world.clock(), most).all();
  }

  private UUID user() {
    var body = "{\"userName\": \"" + UUID.randomUUID() + "\"}";
    return UUID.fromString(world.acme().post("/Users", body).id());
  }

  private String status(String stream) {
    return api.get("/status?stream_id=" + stream).text("/status");
  }

  private long audited(String stream, String action) {
    return world.count(
        "select count(*) from audit_entry where log = 'organization/acme' and subject = '"
            + stream
            + "' and action = '"
            + action
            + "'");
  }

  @Test
  void aStreamInWhichTooMuchWaitsIsDisabledAndSaysSo() {
    var stream = api.polled(CREATE_NOTICE);
    var other = api.polled(ACCOUNT_DISABLED);
    for (int i = 0; i < 4; i++) user();
    tend(4);
    assertThat(status(stream)).isEqualTo("enabled");
    user();
    tend(4);
    assertThat(status(stream)).isEqualTo("disabled");
    assertThat(status(other)).isEqualTo("enabled");
    var sets = api.poll(stream, "").json().path("sets");
    assertThat(sets.size()).isOne();
    var told = Received.verified(sets.iterator().next().asString(""), jwks);
    assertThat(told.type()).isEqualTo(STREAM_UPDATED);
    assertThat(told.subject().path("id").asString("")).isEqualTo(stream);
    assertThat(told.event().path("status").asString("")).isEqualTo("disabled");
    assertThat(told.event().path("reason").asString("")).isNotEmpty();
    assertThat(audited(stream, "signal.stream-given-up")).isOne();
    assertThat(
            world.count(
                "select cast(detail ->> 'dropped' as int) from audit_entry where action ="
                    + " 'signal.stream-given-up' and subject = '"
                    + stream
                    + "'"))
        .isEqualTo(5);

    var enabled = "{\"stream_id\": \"" + stream + "\", \"status\": \"enabled\"}";
    api.post("/status", enabled);
    user();
    assertThat(api.poll(stream, "").json().path("sets").size()).isOne();
  }

  @Test
  void aStreamInWhichEventsGrowOldIsDisabledPausedOrNot() {
    var stream = api.polled(CREATE_NOTICE);
    var paused = api.polled(CREATE_NOTICE);
    api.post("/status", "{\"stream_id\": \"" + paused + "\", \"status\": \"paused\"}");
    user();
    world.clock().forward(Tending.WAITING_LONGEST.minusHours(1));
    tend(100);
    assertThat(status(stream)).isEqualTo("enabled");
    world.clock().forward(Duration.ofHours(2));
    tend(100);
    assertThat(status(stream)).isEqualTo("disabled");
    assertThat(status(paused)).isEqualTo("disabled");
  }

  @Test
  void aReceiverThatNeverAnswersIsTriedOnceMoreAndDisabled() {
    try (var receiver = new TestReceiver(world)) {
      receiver.answer(_ -> Reply.of(503));
      var stream = api.pushed(receiver, ACCOUNT_DISABLED);
      world.change(user(), "active", false);
      world.node(http).once();
      world.clock().forward(Tending.WAITING_LONGEST.plusHours(1));
      receiver.answer(_ -> Reply.ACCEPTED);
      tend(100);
      assertThat(status(stream)).isEqualTo("disabled");
      assertThat(receiver.accepted()).extracting(Received::type).containsExactly(STREAM_UPDATED);
    }
  }

  @Test
  void anEventThatNeverPassesThoughOthersDoIsDroppedAlone() {
    try (var receiver = new TestReceiver(world)) {
      var poison = user();
      receiver.answer(t -> t.id().equals(poison.toString()) ? Reply.of(500) : Reply.ACCEPTED);
      var stream = api.pushed(receiver, ACCOUNT_DISABLED);
      world.change(poison, "active", false);
      world.node(http).once();
      world.clock().forward(Tending.WAITING_LONGEST.plusHours(1));
      world.change(user(), "active", false);
      world.node(http).once();
      tend(100);
      assertThat(status(stream)).isEqualTo("enabled");
      assertThat(audited(stream, "signal.expired")).isOne();
      assertThat(receiver.accepted()).hasSize(1);
      assertThat(world.count("select count(*) from signal_event where stream = '" + stream + "'"))
          .isZero();
    }
  }
}
