package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.audit.store.PostgresAuditLog;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.organization.limit.RateLimit;
import dev.tenure.organization.limit.RateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is refused is answered as it should be, and stands in the organization's log.
class RefusalsTest {
  private TestServer server;
  private Calls acme;

  @BeforeEach
  void start() {
    server = TestServer.start();
    acme = server.acme();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyAnswerSaysWhatIsLeft() {
    limit(new RateLimit(60, 100, false));
    var created = acme.post("/Users", "{\"userName\": \"left@example.com\"}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("RateLimit-Policy")).isEqualTo("\"client\";q=100;w=100");
    assertThat(created.header("RateLimit")).isEqualTo("\"client\";r=99;t=1");
    assertThat(created.header("inin-ratelimit-count")).isEqualTo("1");
    assertThat(created.header("inin-ratelimit-allowed")).isEqualTo("100");
    assertThat(created.header("inin-ratelimit-reset")).isEqualTo("1");
    assertThat(created.header("Retry-After")).isEmpty();
    for (var answer :
        List.of(
            acme.get("/Users/none"),
            acme.get("/Users?filter=x"),
            acme.delete("/Users/" + created.id()),
            acme.get("/ServiceProviderConfig"),
            acme.get("/nowhere"),
            acme.at("/acme").get("/sessions?user=" + created.id()))) {
      assertThat(answer.header("RateLimit")).as("%s", answer).startsWith("\"client\";r=9");
    }
  }

  @Test
  void whoIsOverTheLimitIsToldWhenToComeAgain() {
    limit(new RateLimit(2, 3, false));
    for (int i = 0; i < 3; i++) assertThat(acme.get("/Users").status()).isEqualTo(200);
    for (int i = 0; i < 20; i++) refused(acme.get("/Users"));
    // Others are not concerned.
    assertThat(acme.as(TestServer.VIEWER).get("/Users").status()).isEqualTo(200);
    server.organizations().refusals().flush();
    var rows = rows("request.limited", 2);
    assertThat(rows)
        .allSatisfy(row -> {
          assertThat(row.actor()).isEqualTo("test");
          assertThat(row.detail().path("status").asInt()).isEqualTo(429);
        });
    assertThat(rows.stream().mapToInt(r -> r.detail().path("count").asInt(1)).sum()).isEqualTo(20);
    assertThat(rows.toString()).contains("/acme/scim/v2/Users", "127.0.0.1");
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 30);
    assertThat(answer.header("RateLimit")).startsWith("\"client\";r=0;t=");
    assertThat(answer.header("inin-ratelimit-count")).isEqualTo("3");
    assertThat(answer.text("/status")).isEqualTo("429");
    assertThat(answer.text("/schemas/0")).endsWith(":Error");
  }

  @Test
  void aFlowIsNotHeldBackUnlessItIsWanted() {
    var token =
        server
            .organizations()
            .credentials()
            .issue(TestServer.ACME, "flow people", Duration.ofHours(1))
            .reveal();
    limit(new RateLimit(2, 1, false));
    for (int i = 0; i < 5; i++) {
      var answer = acme.as(token).get("/Users");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("RateLimit")).isEmpty();
    }
    server
        .organizations()
        .budgets()
        .declare(TestServer.ACME, new RateLimits(new RateLimit(2, 1, false), Map.of(), true));
    assertThat(acme.as(token).get("/Users").status()).isEqualTo(200);
    assertThat(acme.as(token).get("/Users").status()).isEqualTo(429);
  }

  @Test
  void wrongCredentialsAreCounted() {
    for (int i = 0; i < 30; i++) {
      assertThat(acme.as("tnr_acme_" + "x".repeat(43)).get("/Users").status()).isEqualTo(401);
      assertThat(acme.as("").get("/Users").status()).isEqualTo(401);
    }
    new Calls(server, "/nobody/scim/v2", acme.token(), List.of()).get("/Users");
    server.organizations().refusals().flush();
    var rows = rows("request.unauthorized", 2);
    assertThat(rows.stream().mapToInt(r -> r.detail().path("count").asInt(1)).sum()).isEqualTo(60);
    assertThat(rows.toString()).doesNotContain("xxxx");
    assertThat(search("organization/", "request.unauthorized"))
        .allSatisfy(row -> assertThat(row.log()).isEqualTo("organization/acme"));
  }

  @Test
  void aWrongSecretIsInTheLogOfTheOrganizationThatItIsFor() {
    var form = "grant_type=client_credentials&client_id=acme.okta&client_secret=wrong";
    var calls =
        new Calls(server, "", "", List.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(calls.post("/oauth/token", form).status()).isEqualTo(401);
    assertThat(calls.post("/acme/oauth/token", form).status()).isEqualTo(401);
    server.organizations().refusals().flush();
    assertThat(rows("request.unauthorized", 2))
        .allSatisfy(row -> {
          assertThat(row.actor()).isEqualTo("okta");
          assertThat(row.detail().toString()).doesNotContain("wrong&", "client_secret");
        });
  }

  @Test
  void aMissingRightIsARow() {
    var viewer = acme.as(TestServer.VIEWER).with("X-Correlation-Id", "asked-1");
    assertThat(viewer.post("/Users", "{\"userName\": \"x@example.com\"}").status()).isEqualTo(403);
    assertThat(rows("request.forbidden", 1))
        .allSatisfy(row -> {
          assertThat(row.actor()).isEqualTo("viewer");
          assertThat(row.correlation()).isEqualTo("asked-1");
          assertThat(row.detail().path("reason").asString()).contains("Security > User > Add");
          assertThat(row.detail().path("method").asString()).isEqualTo("POST");
          assertThat(row.detail().path("path").asString()).isEqualTo("/acme/scim/v2/Users");
        });
    for (int i = 0; i < 70; i++) viewer.delete("/Users/" + i);
    server.organizations().refusals().flush();
    var rows = rows("request.forbidden", 61);
    assertThat(rows.stream().mapToInt(r -> r.detail().path("count").asInt(1)).sum()).isEqualTo(71);
  }

  @Test
  void aConflictTellsWhichValueAndWhoHoldsIt() {
    var cloud = server.scim(TestServer.CLOUD);
    var holder = cloud.post("/Users", user("first@example.com", "E1", "same@example.com")).id();
    var refused = cloud.post("/Users", user("second@example.com", "E2", "same@example.com"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/scimType")).isEqualTo("uniqueness");
    assertThat(search("organization/cloud", "request.conflict"))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.person()).isEqualTo(Optional.of("second@example.com"));
          assertThat(row.detail().path("attribute").asString()).isEqualTo("workEmail");
          assertThat(row.detail().path("value").asString()).isEqualTo("same@example.com");
          assertThat(row.detail().path("externalId").asString()).isEqualTo("E2");
          assertThat(row.detail().path("holder").asString()).isEqualTo(holder);
          assertThat(row.detail().path("holderExternalId").asString()).isEqualTo("E1");
          assertThat(row.detail().path("holderUserName").asString()).isEqualTo("first@example.com");
          assertThat(row.detail().path("status").asInt()).isEqualTo(409);
        });
  }

  private static String user(String name, String externalId, String email) {
    return """
    {"userName": "%s", "displayName": "X", "externalId": "%s",
     "emails": [{"value": "%s", "type": "work", "primary": true}]}\
    """
        .formatted(name, externalId, email);
  }

  private void limit(RateLimit limit) {
    server
        .organizations()
        .budgets()
        .declare(
            TestServer.ACME, new RateLimits(RateLimit.usual(false), Map.of("test", limit), false));
  }

  /// The rows of acme, when there are so many: some are written beside the answer.
  private List<AuditEntry> rows(String action, int number) {
    var rows = search("organization/acme", action);
    var end = java.time.Instant.now().plusSeconds(20);
    while (rows.size() < number && java.time.Instant.now().isBefore(end)) {
      rows = search("organization/acme", action);
    }
    assertThat(rows).hasSize(number);
    return rows;
  }

  private List<AuditEntry> search(String log, String action) {
    return new PostgresAuditLog(server.database().jdbi())
        .search(
            new Search(
                log,
                Optional.empty(),
                Optional.empty(),
                Optional.of(action),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1_000));
  }
}
