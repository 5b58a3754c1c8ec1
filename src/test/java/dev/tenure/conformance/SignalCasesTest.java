package dev.tenure.conformance;

import static dev.tenure.signal.EventType.ACCOUNT_DISABLED;
import static dev.tenure.signal.EventType.DEACTIVATE;
import static dev.tenure.signal.EventType.SESSION_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.signal.PusherSteps;
import dev.tenure.signal.Received;
import dev.tenure.signal.SignalWorld;
import dev.tenure.signal.SignalWorld.Api;
import dev.tenure.signal.TestReceiver;
import dev.tenure.signal.TestReceiver.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// C3, cases 125 and 126: signals.
class SignalCasesTest {
  private static SignalWorld world;
  private static Api receiver;

  @BeforeAll
  static void start() {
    world = new SignalWorld();
    receiver = world.receiver(TestServer.ACME);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /// A user who was deactivated a moment ago.
  private static Answer leaver() {
    var made = Conformance.user(world.acme(), "'externalId': 'E-1'");
    Conformance.patched(
        world.acme(), "/Users/" + made.id(), Conformance.op("replace", "active", "false"));
    return made;
  }

  private static long waiting(String stream) {
    return world.count("select count(*) from signal_event where stream = '" + stream + "'");
  }

  private static long noted(String action, String err, String user) {
    return world.count(
        """
        select count(*) from audit_entry where action = '%s' and detail ->> 'err' = '%s'
          and detail ->> 'subject' = 'Users/%s'\
        """
            .formatted(action, err, user));
  }

  @Test
  @DisplayName("C3/125 deactivation: prov:deactivate and session-revoked, one txn, RS256")
  void case125_deactivationIsTold() {
    var stream = receiver.polled(SESSION_REVOKED, DEACTIVATE);
    var user = leaver();
    var tokens = Signals.tokens(receiver, receiver.poll(stream, ""));
    assertThat(tokens).extracting(Received::type).containsExactly(SESSION_REVOKED, DEACTIVATE);
    assertThat(tokens).extracting(Received::txn).doesNotContain("").hasSize(2);
    assertThat(tokens.get(0).txn()).isEqualTo(tokens.get(1).txn());
    for (var token : tokens) {
      assertThat(token.header()).containsEntry("alg", "RS256").containsEntry("typ", "secevent+jwt");
      assertThat(token.claims().propertyNames()).doesNotContain("sub", "exp");
      assertThat(token.claims().path("iss").asString("")).isEqualTo(receiver.issuer());
      assertThat(token.id()).isEqualTo(user.id());
    }
    assertThat(SESSION_REVOKED.uri())
        .isEqualTo("https://schemas.openid.net/secevent/caep/event-type/session-revoked");
    assertThat(DEACTIVATE.uri()).isEqualTo("urn:ietf:params:scim:event:prov:deactivate");
    var subject = tokens.get(1).subject();
    assertThat(subject.path("format").asString("")).isEqualTo("scim");
    assertThat(subject.path("uri").asString("")).isEqualTo("/Users/" + user.id());
    assertThat(subject.path("externalId").asString("")).isEqualTo("E-1");
    assertThat(receiver.send("DELETE", "/stream?stream_id=" + stream, "").status()).isEqualTo(204);
  }

  @Test
  @DisplayName(
      "C3/126 pushed: 202 ends it, err is recorded, failures retried; polled: ack, setErrs")
  void case126_deliveredOnceAndForAll() {
    try (var to = new TestReceiver(world);
        var node = world.node()) {
      var stream = receiver.pushed(to, ACCOUNT_DISABLED);
      var accepted = leaver().id();
      PusherSteps.once(node);
      PusherSteps.once(node);
      assertThat(to.accepted()).extracting(Received::id).containsExactly(accepted);
      assertThat(waiting(stream)).isZero();

      to.answer(_ -> Reply.error("invalid_audience"));
      var refused = leaver().id();
      PusherSteps.once(node);
      assertThat(waiting(stream)).as("400 with err: not again").isZero();
      assertThat(noted("signal.refused", "invalid_audience", refused)).isOne();

      to.answer(_ -> Reply.CUT);
      var retried = leaver().id();
      PusherSteps.once(node);
      assertThat(waiting(stream)).as("the network failed: again").isOne();
      to.answer(_ -> Reply.ACCEPTED);
      world.clock().forward(Duration.ofMinutes(6));
      PusherSteps.once(node);
      assertThat(to.accepted()).extracting(Received::id).containsExactly(accepted, retried);
      assertThat(waiting(stream)).isZero();
      receiver.send("DELETE", "/stream?stream_id=" + stream, "");
    }
    polled();
  }

  private static void polled() {
    var stream = receiver.polled(ACCOUNT_DISABLED);
    var users = List.of(leaver().id(), leaver().id());
    var tokens = Signals.tokens(receiver, receiver.poll(stream, ""));
    assertThat(tokens).extracting(Received::id).containsExactlyElementsOf(users);
    assertThat(Signals.tokens(receiver, receiver.poll(stream, ""))).isEqualTo(tokens);
    var errors =
        "\"setErrs\": {\"%s\": {\"err\": \"invalid_key\", \"description\": \"no\"}}"
            .formatted(tokens.get(1).jti());
    var next = receiver.poll(stream, Signals.ack(tokens.subList(0, 1)) + ", " + errors);
    assertThat(Signals.tokens(receiver, next)).isEmpty();
    assertThat(waiting(stream)).isZero();
    assertThat(noted("signal.refused", "invalid_key", users.get(1))).isOne();
    assertThat(noted("signal.refused", "invalid_key", users.get(0))).isZero();
  }
}
