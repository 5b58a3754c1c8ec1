package dev.tenure.signal.http;

import static dev.tenure.signal.EventType.ACCOUNT_DISABLED;
import static dev.tenure.signal.EventType.DEACTIVATE;
import static dev.tenure.signal.EventType.SESSION_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.scim.ScimJson;
import dev.tenure.signal.EventType;
import dev.tenure.signal.SignalWorld;
import dev.tenure.signal.SignalWorld.Api;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Discovery and the management of streams (SSF 1.0 §7, §8).
class StreamsOverHttpTest {
  private static final String PUSH = "urn:ietf:rfc:8935";
  private static final String POLL = "urn:ietf:rfc:8936";
  private static SignalWorld world;
  private static Api acme;

  @BeforeAll
  static void start() {
    world = new SignalWorld();
    acme = world.receiver(TestServer.ACME);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static Answer open(String path) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(world.address(path)).build();
      return new Answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
    }
  }

  @Test
  void theMetadataStandWhereTheIssuersPathPutsThem() throws Exception {
    var answer = open("/.well-known/ssf-configuration/acme");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("/spec_version")).isEqualTo("1_0");
    assertThat(answer.text("/issuer")).isEqualTo(acme.issuer());
    assertThat(answer.json().path("delivery_methods_supported").valueStream())
        .extracting(JsonNode::stringValue)
        .containsExactly(PUSH, POLL);
    assertThat(answer.text("/authorization_schemes/0/spec_urn")).isEqualTo("urn:ietf:rfc:6749");
    assertThat(answer.text("/default_subjects")).isEqualTo("ALL");
    for (var name :
        List.of(
            "jwks_uri",
            "configuration_endpoint",
            "status_endpoint",
            "add_subject_endpoint",
            "remove_subject_endpoint",
            "verification_endpoint")) {
      assertThat(answer.text("/" + name)).startsWith(acme.issuer() + "/signals/");
    }
  }

  @Test
  void nothingOpenTellsWhichOrganizationsThereAre() throws Exception {
    var known = open("/.well-known/ssf-configuration/acme").response().body();
    var unknown = open("/.well-known/ssf-configuration/nobody").response().body();
    assertThat(unknown.replace("nobody", "acme")).isEqualTo(known);
    assertThat(open("/.well-known/ssf-configuration/No-Name").status()).isEqualTo(404);
    assertThat(open("/nobody/signals/jwks.json").response().body())
        .isEqualTo(open("/acme/signals/jwks.json").response().body());
  }

  @Test
  void thePublishedKeysArePublicRsaKeysOf2048Bits() throws Exception {
    var answer = open("/acme/signals/jwks.json");
    var key = answer.json().at("/keys/0");
    assertThat(key.path("kty").asString("")).isEqualTo("RSA");
    assertThat(key.path("use").asString("")).isEqualTo("sig");
    assertThat(key.path("alg").asString("")).isEqualTo("RS256");
    assertThat(key.path("n").asString("")).hasSize(342);
    assertThat(key.propertyNames()).doesNotContain("d", "p", "q", "dp", "dq", "qi");
  }

  @Test
  void aStreamIsMadeReadUpdatedReplacedAndDeleted() {
    var made =
        acme.post(
            "/stream",
            """
            {"events_requested": ["%s", "urn:example:unknown"], "description": "for a"}\
            """
                .formatted(SESSION_REVOKED.uri()));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    var id = made.text("/stream_id");
    assertThat(made.text("/iss")).isEqualTo(acme.issuer());
    assertThat(made.text("/aud")).isEqualTo("acme.test");
    assertThat(made.text("/delivery/method")).isEqualTo(POLL);
    assertThat(made.text("/delivery/endpoint_url"))
        .isEqualTo(acme.issuer() + "/signals/poll/" + id);
    assertThat(texts(made, "events_requested")).hasSize(2).contains("urn:example:unknown");
    assertThat(texts(made, "events_delivered")).containsExactly(SESSION_REVOKED.uri());
    assertThat(texts(made, "events_supported")).hasSize(EventType.offered().size());
    assertThat(acme.get("/stream?stream_id=" + id).json()).isEqualTo(made.json());
    assertThat(acme.get("/stream").json().valueStream()).contains(made.json());

    var updated =
        acme.send(
            "PATCH",
            "/stream",
            "{\"stream_id\": \"%s\", \"events_requested\": [\"%s\"]}"
                .formatted(id, DEACTIVATE.uri()));
    assertThat(updated.status()).isEqualTo(200);
    assertThat(texts(updated, "events_delivered")).containsExactly(DEACTIVATE.uri());
    assertThat(updated.text("/description")).isEqualTo("for a");

    var replaced = acme.send("PUT", "/stream", "{\"stream_id\": \"" + id + "\"}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().has("description")).isFalse();
    assertThat(replaced.json().has("events_requested")).isFalse();
    assertThat(texts(replaced, "events_delivered"))
        .contains(ACCOUNT_DISABLED.uri())
        .noneMatch(uri -> uri.endsWith(":full"));

    assertThat(acme.send("DELETE", "/stream?stream_id=" + id, "").status()).isEqualTo(204);
    assertThat(acme.get("/stream?stream_id=" + id).status()).isEqualTo(404);
    assertThat(acme.send("DELETE", "/stream?stream_id=" + id, "").status()).isEqualTo(404);
  }

  private static List<String> texts(Answer answer, String name) {
    return answer.json().path(name).valueStream().map(JsonNode::stringValue).toList();
  }

  @Test
  void whatTheTransmitterSuppliesMayBeRepeatedButNotChanged() {
    var id = acme.polled(SESSION_REVOKED);
    var whole = acme.get("/stream?stream_id=" + id).json().toString();
    assertThat(acme.send("PUT", "/stream", whole).json()).isEqualTo(ScimJson.read(whole));
    for (var member :
        List.of(
            "\"iss\": \"https://evil.example\"",
            "\"aud\": \"somebody.else\"",
            "\"events_delivered\": [\"" + DEACTIVATE.uri() + "\"]",
            "\"min_verification_interval\": 1")) {
      var body = "{\"stream_id\": \"" + id + "\", " + member + "}";
      assertThat(acme.send("PATCH", "/stream", body).status()).as(member).isEqualTo(400);
      assertThat(acme.send("PUT", "/stream", body).status()).as(member).isEqualTo(400);
    }
    var aud = "{\"stream_id\": \"" + id + "\", \"aud\": [\"acme.test\"]}";
    assertThat(acme.send("PATCH", "/stream", aud).status()).isEqualTo(200);
    acme.send("DELETE", "/stream?stream_id=" + id, "");
  }

  @Test
  void theSecretOfAPushIsNeverShownAndNeverGoesToAnotherAddress() {
    var body =
        """
        {"delivery": {"method": "urn:ietf:rfc:8935", "endpoint_url": "https://a.example/events",
          "authorization_header": "Bearer top-secret-value"}}\
        """;
    var made = acme.post("/stream", body);
    var id = made.text("/stream_id");
    assertThat(made.response().body()).doesNotContain("top-secret");
    assertThat(acme.get("/stream").response().body()).doesNotContain("top-secret");
    assertThat(world.count("select count(*) from audit_entry where detail::text like '%top-sec%'"))
        .isZero();

    var same = "{\"stream_id\": \"" + id + "\", \"description\": \"x\"}";
    acme.send("PATCH", "/stream", same);
    assertThat(secrets(id)).isOne();
    acme.send("PUT", "/stream", acme.get("/stream?stream_id=" + id).response().body());
    assertThat(secrets(id)).isOne();
    acme.send(
        "PATCH",
        "/stream",
        """
        {"stream_id": "%s", "delivery": {"method": "urn:ietf:rfc:8935",
          "endpoint_url": "https://evil.example/events"}}\
        """
            .formatted(id));
    assertThat(secrets(id)).isZero();
    acme.send("DELETE", "/stream?stream_id=" + id, "");
  }

  private static long secrets(String stream) {
    return world.count(
        "select count(*) from signal_stream where organization = 'acme' and id = '"
            + stream
            + "' and header = 'Bearer top-secret-value'");
  }

  @Test
  void badRequestsAreRefusedWithAReason() {
    for (var body :
        List.of(
            "",
            "[]",
            "{",
            "{\"delivery\": 1}",
            "{\"delivery\": {}}",
            "{\"delivery\": {\"method\": \"urn:example\"}}",
            "{\"delivery\": {\"method\": \"urn:ietf:rfc:8935\"}}",
            push("http://receiver.example/events"),
            push("ftp://127.0.0.1/x"),
            push("https://user@receiver.example/"),
            push("https://receiver.example/#x"),
            push("http://localhost.evil.example/"),
            push("not an address"),
            push("https:opaque"),
            "{\"events_requested\": \"x\"}",
            "{\"events_requested\": [1]}",
            "{\"description\": 1}",
            "{\"format\": \"phone\"}",
            "{\"description\": \"a\", \"description\": \"b\"}",
            "[".repeat(100_000))) {
      var answer = acme.post("/stream", body);
      assertThat(answer.status()).as(body.substring(0, Math.min(60, body.length()))).isEqualTo(400);
      assertThat(answer.text("/detail")).isNotEmpty();
    }
    assertThat(acme.post("/status", "{\"status\": \"enabled\"}").status()).isEqualTo(400);
    assertThat(acme.get("/status").status()).isEqualTo(400);
    assertThat(acme.get("/stream?stream_id=%00").status()).isEqualTo(404);
    assertThat(acme.send("PATCH", "/verification", "{}").status()).isEqualTo(405);
  }

  private static String push(String address) {
    return "{\"delivery\": {\"method\": \"%s\", \"endpoint_url\": \"%s\"}}"
        .formatted(PUSH, address);
  }

  @Test
  void aReceiverSeesItsOwnStreamsOnly() {
    var id = acme.polled(SESSION_REVOKED);
    var neighbour = world.receiver(TestServer.ACME, "neighbour");
    var other = world.receiver(TestServer.OTHER);
    for (var stranger : List.of(neighbour, other)) {
      var named = "{\"stream_id\": \"" + id + "\", \"status\": \"disabled\", \"subject\": {}}";
      assertThat(stranger.get("/stream").json().size()).isZero();
      assertThat(stranger.get("/stream?stream_id=" + id).status()).isEqualTo(404);
      assertThat(stranger.get("/status?stream_id=" + id).status()).isEqualTo(404);
      assertThat(stranger.send("DELETE", "/stream?stream_id=" + id, "").status()).isEqualTo(404);
      assertThat(stranger.send("PUT", "/stream", named).status()).isEqualTo(404);
      assertThat(stranger.send("PATCH", "/stream", named).status()).isEqualTo(404);
      for (var path : List.of("/status", "/verification", "/subjects/add", "/subjects/remove")) {
        assertThat(stranger.post(path, named).status()).as(path).isEqualTo(404);
      }
      assertThat(stranger.poll(id, "").status()).isEqualTo(404);
    }
    assertThat(acme.as(other.token()).get("/stream").status()).isEqualTo(401);
    assertThat(acme.as("").get("/stream").header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(acme.as(TestServer.VIEWER).get("/stream").status()).isEqualTo(200);
    acme.send("DELETE", "/stream?stream_id=" + id, "");
  }

  @Test
  void aReceiverHasEightStreamsAtMost() {
    var many = world.receiver(TestServer.ACME, "many");
    IntStream.range(0, 8).forEach(_ -> many.polled(SESSION_REVOKED));
    assertThat(many.post("/stream", "{}").status()).isEqualTo(409);
    assertThat(many.get("/stream").json().size()).isEqualTo(8);
  }

  @Test
  void aVerificationBringsItsStateBackAndMayBeAskedForNowAndThen() {
    var id = acme.polled(SESSION_REVOKED);
    var body = "{\"stream_id\": \"" + id + "\", \"state\": \"a b\"}";
    assertThat(acme.post("/verification", body).status()).isEqualTo(204);
    assertThat(acme.post("/verification", body).status()).isEqualTo(429);
    world.clock().forward(Duration.ofSeconds(6));
    var silent = "{\"stream_id\": \"" + id + "\"}";
    assertThat(acme.post("/verification", silent).status()).isEqualTo(204);

    var tokens = Polls.all(acme, id);
    assertThat(tokens).hasSize(2);
    assertThat(tokens)
        .allSatisfy(token -> {
          assertThat(token.type()).isEqualTo(EventType.VERIFICATION);
          assertThat(token.subject().path("format").asString("")).isEqualTo("opaque");
          assertThat(token.subject().path("id").asString("")).isEqualTo(id);
        });
    assertThat(tokens.getFirst().event().path("state").asString("")).isEqualTo("a b");
    assertThat(tokens.getLast().event().has("state")).isFalse();
    acme.send("DELETE", "/stream?stream_id=" + id, "");
  }

  @Test
  void everyStepIsInTheAuditLogWithItsActor() {
    var auditor = world.receiver(TestServer.ACME, "auditor");
    var id = auditor.polled(SESSION_REVOKED);
    var named = "{\"stream_id\": \"" + id + "\"";
    var subject = ", \"subject\": {\"format\": \"email\", \"email\": \"A@example.com\"}}";
    auditor.send("PATCH", "/stream", named + "}");
    auditor.post("/status", named + ", \"status\": \"paused\", \"reason\": \"holiday\"}");
    auditor.post("/subjects/remove", named + subject);
    auditor.post("/subjects/add", named + subject);
    auditor.send("DELETE", "/stream?stream_id=" + id, "");
    var actions =
        world
            .scim()
            .database()
            .jdbi()
            .withHandle(h ->
                h.createQuery(
                        "select action from audit_entry where log = 'organization/acme'"
                            + " and subject = :id and actor = 'auditor' order by id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .list());
    assertThat(actions)
        .containsExactly(
            "signal.stream-created",
            "signal.stream-changed",
            "signal.stream-paused",
            "signal.subject-removed",
            "signal.subject-added",
            "signal.stream-deleted");
  }
}
