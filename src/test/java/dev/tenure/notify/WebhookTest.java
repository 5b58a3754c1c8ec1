package dev.tenure.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Secret;
import dev.tenure.notify.Receiver.Way;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// What arrives by a webhook, and what becomes of each answer.
class WebhookTest {
  private static final String BYTES = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Message MESSAGE =
      new Message(
          "7e6f3f34-ad0e-4cf0-9f4b-2e5d0b5d2a11",
          "plan-held",
          Instant.parse("2026-11-24T08:00:00Z"),
          JsonNodeFactory.instance.objectNode().put("title", "ä \u2028 \"quoted\""));

  private final TestHook hook = new TestHook();
  private final Ways ways = new Ways(Clock.systemUTC(), Duration.ofSeconds(2));

  @AfterEach
  void close() {
    ways.close();
    hook.close();
  }

  private Answer send(URI to, String secret) {
    var way = new Way.Webhook(to, new Secret(secret));
    return ways.send(new Receiver("ops", way, Set.of(), Set.of()), MESSAGE);
  }

  private Answer send(int status) {
    hook.answer(_ -> status);
    return send(hook.address("hook?token=hidden"), BYTES);
  }

  @Test
  void whoHasTheSecretCanTellThatItIsOurs() throws GeneralSecurityException {
    assertThat(send(204)).isEqualTo(new Answer.Taken("answered 204"));
    var got = hook.taken().getFirst();
    assertThat(got.fields()).containsEntry("content-type", "application/json");
    assertThat(got.id()).isEqualTo("msg_" + MESSAGE.id());
    assertThat(signature(got, Base64.getDecoder().decode(BYTES.substring(6))))
        .isEqualTo(got.fields().get("webhook-signature"));
    var time = Instant.ofEpochSecond(Long.parseLong(got.fields().get("webhook-timestamp")));
    assertThat(time).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    assertThat(got.json().path("type").asString("")).isEqualTo("plan-held");
    assertThat(got.json().path("timestamp").asString("")).isEqualTo("2026-11-24T08:00:00Z");
    assertThat(got.json().at("/data/title").asString("")).isEqualTo("ä \u2028 \"quoted\"");
  }

  @Test
  void aSecretMayBeAnyText() throws GeneralSecurityException {
    send(hook.address("hook"), "what two programs agreed on");
    var got = hook.taken().getFirst();
    assertThat(signature(got, "what two programs agreed on".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(got.fields().get("webhook-signature"));
  }

  /// As Standard Webhooks 1.0 says, by its receiver.
  private static String signature(TestHook.Got got, byte[] key) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    var signed = got.id() + "." + got.fields().get("webhook-timestamp") + "." + got.body();
    var bytes = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void answersAreTold() {
    for (int status : new int[] {200, 201, 202, 204}) {
      assertThat(send(status)).isInstanceOf(Answer.Taken.class);
    }
    for (int status : new int[] {400, 413, 415, 422}) {
      assertThat(send(status)).isEqualTo(new Answer.Refused("answered " + status));
    }
    for (int status : new int[] {301, 307, 401, 403, 404, 408, 429, 500, 502, 503}) {
      assertThat(send(status)).isEqualTo(new Answer.Later("answered " + status, Optional.empty()));
    }
    assertThat(send(410)).isEqualTo(new Answer.Gone("answered 410"));
    assertThat(hook.all()).extracting(TestHook.Got::path).containsOnly("/hook");
  }

  @Test
  void whoDoesNotAnswerIsTriedLater() {
    assertThat(send(TestHook.CUT)).isInstanceOf(Answer.Later.class);
    assertThat(send(TestHook.HANGS))
        .isEqualTo(new Answer.Later("no answer within 2000 ms", Optional.empty()));
    hook.close();
    assertThat(send(204).words()).startsWith("no connection").doesNotContain("hidden");
  }
}
