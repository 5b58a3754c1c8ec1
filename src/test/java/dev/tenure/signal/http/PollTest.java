package dev.tenure.signal.http;

import static dev.tenure.signal.EventType.ACCOUNT_DISABLED;
import static dev.tenure.signal.EventType.CREATE_NOTICE;
import static dev.tenure.signal.EventType.DEACTIVATE;
import static dev.tenure.signal.EventType.PATCH_NOTICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.signal.EventType;
import dev.tenure.signal.Received;
import dev.tenure.signal.SignalWorld;
import dev.tenure.signal.SignalWorld.Api;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Polls (RFC 8936), and what the status of a stream means to them (SSF 1.0 §8.1.2; C3 126).
class PollTest {
  private static SignalWorld world;
  private static Api api;

  @BeforeAll
  static void start() {
    world = new SignalWorld();
    api = world.receiver(TestServer.ACME);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static UUID user(String userName) {
    return UUID.fromString(
        world.acme().post("/Users", "{\"userName\": \"" + userName + "\"}").id());
  }

  private static List<Received> poll(String stream, String members) {
    return Polls.tokens(api, api.poll(stream, members));
  }

  private static String ack(List<Received> tokens) {
    var names = tokens.stream().map(t -> "\"" + t.jti() + "\"").toList();
    return "\"ack\": [" + String.join(",", names) + "]";
  }

  private static boolean more(Answer answer) {
    return answer.json().path("moreAvailable").asBoolean(false);
  }

  private static void drop(String stream) {
    assertThat(api.send("DELETE", "/stream?stream_id=" + stream, "").status()).isEqualTo(204);
  }

  @Test
  void whatIsNotAcknowledgedComesAgainTheSameAndWhatIsNever() {
    var stream = api.polled(CREATE_NOTICE);
    user("p1@example.com");
    user("p2@example.com");
    user("p3@example.com");
    var first = api.poll(stream, "\"maxEvents\": 2");
    assertThat(more(first)).isTrue();
    var two = Polls.tokens(api, first);
    assertThat(two).hasSize(2);
    assertThat(poll(stream, "\"maxEvents\": 2")).isEqualTo(two);
    assertThat(poll(stream, "\"maxEvents\": 0, " + ack(two.subList(0, 1)))).isEmpty();
    var rest = api.poll(stream, "");
    assertThat(more(rest)).isFalse();
    assertThat(Polls.tokens(api, rest)).hasSize(2).contains(two.getLast());
    assertThat(poll(stream, ack(Polls.tokens(api, rest)))).isEmpty();
    assertThat(poll(stream, ack(two))).as("acknowledged twice").isEmpty();
    drop(stream);
  }

  @Test
  void anAnswerHasOneChangeOfASubjectAndTheNextWaitsForTheAcknowledgement() {
    var stream = api.polled(ACCOUNT_DISABLED, DEACTIVATE, PATCH_NOTICE);
    var user = user("order@example.com");
    world.change(user, "title", "a");
    world.change(user, "active", false);
    world.change(user, "title", "b");
    var first = api.poll(stream, "");
    assertThat(Polls.tokens(api, first)).extracting(Received::type).containsExactly(PATCH_NOTICE);
    assertThat(more(first)).isTrue();
    var second = poll(stream, ack(Polls.tokens(api, first)));
    assertThat(second)
        .extracting(Received::type)
        .containsExactly(ACCOUNT_DISABLED, DEACTIVATE, PATCH_NOTICE);
    assertThat(poll(stream, ack(second))).hasSize(1);
    drop(stream);
  }

  @Test
  void whoLostAccessOvertakesTheOthers() {
    var stream = api.polled(CREATE_NOTICE, ACCOUNT_DISABLED);
    var leaver = user("leaver@example.com");
    for (int i = 0; i < 5; i++) user("joiner" + i + "@example.com");
    world.change(leaver, "active", false);
    var tokens = Polls.all(api, stream);
    assertThat(tokens.getFirst().subject().path("uri").asString("")).endsWith(leaver.toString());
    // A batch has one change of each subject, so the leaver's second comes first in the second one.
    assertThat(poll(stream, "")).isEmpty();
    for (int i = 0; i < 5; i++) user("later" + i + "@example.com");
    world.change(leaver, "active", true);
    world.change(leaver, "active", false);
    assertThat(poll(stream, "\"maxEvents\": 1"))
        .extracting(Received::type)
        .containsExactly(ACCOUNT_DISABLED);
    drop(stream);
  }

  @Test
  void anErrorOfTheReceiverEndsTheTokenAndIsInTheAuditLog() {
    var stream = api.polled(CREATE_NOTICE);
    user("error@example.com");
    var token = poll(stream, "").getFirst();
    var errors =
        "\"setErrs\": {\"%s\": {\"err\": \"invalid_key\", \"description\": \"what key\"}}"
            .formatted(token.jti());
    assertThat(poll(stream, errors)).isEmpty();
    assertThat(
            world.count(
                "select count(*) from audit_entry where log = 'organization/acme' and action ="
                    + " 'signal.refused' and subject = '"
                    + stream
                    + "' and detail ->> 'err' = 'invalid_key' and detail ->> 'txn' = '"
                    + token.txn()
                    + "'"))
        .isOne();
    drop(stream);
  }

  @Test
  void badPollsAreRefused() {
    var stream = api.polled(CREATE_NOTICE);
    for (var body :
        List.of(
            "",
            "[]",
            "{\"maxEvents\": -1}",
            "{\"maxEvents\": \"1\"}",
            "{\"maxEvents\": 1.5}",
            "{\"returnImmediately\": 1}",
            "{\"ack\": \"x\"}",
            "{\"ack\": [1]}",
            "{\"setErrs\": []}",
            "{\"setErrs\": {\"x\": 1}}",
            "{\"setErrs\": {\"x\": {\"description\": \"y\"}}}")) {
      assertThat(api.post("/poll/" + stream, body).status()).as(body).isEqualTo(400);
    }
    var odd = "\"ack\": [\"x\", \"\", \"00000000-0000-0000-0000-000000000000.zzzzzzzzzzzzzzzz\"]";
    assertThat(api.poll(stream, odd).status()).isEqualTo(200);
    drop(stream);
  }

  @Test
  void aPollThatWaitsIsAnsweredWhenSomethingHappens() throws Exception {
    var stream = api.polled(CREATE_NOTICE);
    var waiting = CompletableFuture.supplyAsync(() -> api.post("/poll/" + stream, "{}"));
    assertThat(waiting.isDone()).isFalse();
    user("late@example.com");
    assertThat(Polls.tokens(api, waiting.get(10, TimeUnit.SECONDS))).hasSize(1);
    drop(stream);
  }

  @Test
  void aPausedStreamHoldsEventsAndADisabledOneForgetsThem() {
    var stream = api.polled(CREATE_NOTICE);
    user("before@example.com");
    var paused = set(stream, "paused");
    assertThat(paused.text("/reason")).isEqualTo("because");
    assertThat(api.get("/status?stream_id=" + stream).json()).isEqualTo(paused.json());
    user("meanwhile@example.com");
    assertThat(poll(stream, "")).isEmpty();
    set(stream, "enabled");
    assertThat(Polls.all(api, stream)).hasSize(2);

    user("waiting@example.com");
    set(stream, "disabled");
    user("lost@example.com");
    assertThat(poll(stream, "")).isEmpty();
    var verification = "{\"stream_id\": \"" + stream + "\"}";
    assertThat(api.post("/verification", verification).status()).isEqualTo(400);
    set(stream, "enabled");
    assertThat(poll(stream, "")).isEmpty();
    user("again@example.com");
    assertThat(Polls.all(api, stream)).hasSize(1);
    assertThat(set(stream, "asleep").status()).isEqualTo(400);
    drop(stream);
  }

  private static Answer set(String stream, String status) {
    var body =
        "{\"stream_id\": \"%s\", \"status\": \"%s\", \"reason\": \"because\"}"
            .formatted(stream, status);
    return api.post("/status", body);
  }

  @Test
  void noEventGetsIntoAStreamOfAnotherOrganization() {
    var all = EventType.offered().toArray(EventType[]::new);
    var other = world.receiver(TestServer.OTHER);
    var theirs = other.polled(all);
    var ours = api.polled(all);
    var user = user("ours@example.com");
    world.change(user, "active", false);
    world.acme().delete("/Users/" + user);
    assertThat(other.poll(theirs, "").json().path("sets").size()).isZero();
    var id = world.scim().scim(TestServer.OTHER).post("/Users", "{\"userName\": \"t\"}").id();
    assertThat(Polls.all(other, theirs)).allMatch(t -> t.id().equals(id));
    assertThat(Polls.all(api, ours)).isNotEmpty().allMatch(t -> t.id().equals(user.toString()));
    var token = "\"ack\": [\"" + UUID.randomUUID() + ".0000000000000001\"]";
    assertThat(other.poll(theirs, token).status()).isEqualTo(200);
    drop(ours);
  }
}
