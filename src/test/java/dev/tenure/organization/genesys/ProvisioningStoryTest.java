package dev.tenure.organization.genesys;

import static dev.tenure.organization.genesys.Cloud.assertError;
import static dev.tenure.organization.genesys.Cloud.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A joiner, a leaver and a return, by the calls that a provisioning client makes at the real
/// service, with nothing but what these calls answer.
class ProvisioningStoryTest {
  private static final String ACTIVE = "{\"op\": \"replace\", \"path\": \"active\", \"value\": %s}";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Cloud enter() {
    var basic =
        Base64.getEncoder()
            .encodeToString(("cloud.okta:" + TestServer.SECRET).getBytes(StandardCharsets.UTF_8));
    var outside =
        new Calls(
            server,
            "",
            "",
            List.of(
                "Authorization",
                "Basic " + basic,
                "Content-Type",
                "application/x-www-form-urlencoded"));
    var token = ok(200, outside.post("/oauth/token", "grant_type=client_credentials"));
    assertThat(token.text("/token_type")).isEqualTo("bearer");
    assertThat(token.json().path("expires_in").asInt()).isPositive();
    var calls =
        new Calls(
            server, "", token.text("/access_token"), List.of("Content-Type", "application/json"));
    return new Cloud(server, calls.at("/api/v2/scim/v2"), calls.at("/api/v2"));
  }

  @Test
  void joinLeaveAndReturn() {
    var cloud = enter();
    var me = ok(200, cloud.platform().get("/tokens/me"));
    assertThat(me.text("/OAuthClient/name")).isEqualTo("okta");
    assertThat(ok(200, cloud.platform().get("/organizations/me")).id())
        .isEqualTo(me.text("/organization/id"));
    var id = join(cloud);
    leave(cloud, id);
    comeBack(cloud, id);
    audits(cloud, id);
    ok(204, cloud.platform().delete("/tokens/me"));
    assertError(cloud.platform().get("/tokens/me"), 401, "bad.credentials");
  }

  private static String join(Cloud cloud) {
    var id = cloud.user("ada@example.com", ", \"externalId\": \"E1\"").id();
    var group = cloud.group("Genesys_Cloud_Users").id();
    ok(
        202,
        cloud
            .platform()
            .post(
                "/groups/" + group + "/members",
                "{\"memberIds\": [\"%s\"], \"version\": 1}".formatted(id)));
    assertThat(cloud.scim().get("/Groups/" + group).text("/members/0/value")).isEqualTo(id);
    var grant =
        "{\"grants\": [{\"roleId\": \"%s\", \"divisionId\": \"%s\"}]}"
            .formatted(cloud.role("Agent"), cloud.division("Sales"));
    ok(
        204,
        cloud
            .platform()
            .post("/authorization/subjects/" + id + "/bulkadd?subjectType=PC_USER", grant));
    assertThat(licences(cloud)).contains(id);
    var skill =
        "[{\"id\": \"%s\", \"proficiency\": 3.0}]"
            .formatted(cloud.first("/routing/skills?name=Billing"));
    ok(200, cloud.platform().patch("/users/" + id + "/routingskills/bulk", skill));
    return id;
  }

  private static void leave(Cloud cloud, String id) {
    var session = session(id);
    assertThat(lives(session)).isTrue();
    ok(200, cloud.scim().change("/Users/" + id, ACTIVE.formatted("false")));
    ok(204, cloud.platform().delete("/tokens/" + id));
    ok(204, cloud.platform().delete("/tokens/" + id));
    assertThat(lives(session)).isFalse();
    assertThat(licences(cloud)).doesNotContain(id);
    ok(200, cloud.scim().change("/Users/" + id, ACTIVE.formatted("true")));
    var again = session(id);
    ok(204, cloud.platform().delete("/apps/users/" + id + "/logout"));
    assertThat(lives(again)).isFalse();
    ok(204, cloud.scim().delete("/Users/" + id));
  }

  private static void comeBack(Cloud cloud, String id) {
    var found = search(cloud);
    assertThat(found.text("/results/0/id")).isEqualTo(id);
    var restore =
        "{\"state\": \"active\", \"version\": %d}"
            .formatted(found.json().at("/results/0/version").asLong());
    ok(200, cloud.platform().patch("/users/" + id, restore));
    assertThat(search(cloud).json().path("total").asInt()).isZero();
    var subject = ok(200, cloud.platform().get("/authorization/subjects/" + id));
    assertThat(subject.json().path("grants").isEmpty()).isTrue();
    assertThat(cloud.scim().get("/Users/" + id).text("/externalId")).isEqualTo("E1");
  }

  private static Answer search(Cloud cloud) {
    return ok(
        200,
        cloud
            .platform()
            .post(
                "/users/search",
                """
                {"pageSize": 25, "query": [
                  {"type": "EXACT", "fields": ["email"], "values": ["ada@example.com"]},
                  {"type": "EXACT", "fields": ["state"], "values": ["deleted"]}]}\
                """));
  }

  private static void audits(Cloud cloud, String id) {
    var interval = Instant.now().minus(Duration.ofHours(1)) + "/" + Instant.now().plusSeconds(60);
    var query =
        """
        {"interval": "%s", "serviceName": "%s", "sort": [{"name": "Timestamp",
          "sortOrder": "ascending"}], "filters": [{"property": "EntityId", "value": "%s"}]}\
        """;
    var asked =
        ok(202, cloud.platform().post("/audits/query", query.formatted(interval, "SCIM", id)));
    var path = "/audits/query/" + asked.id();
    assertThat(ok(200, cloud.platform().get(path)).text("/state")).isEqualTo("Succeeded");
    var results = ok(200, cloud.platform().get(path + "/results?pageSize=500"));
    var actions =
        results
            .json()
            .path("entities")
            .valueStream()
            .map(e -> e.path("action").asString(""))
            .toList();
    assertThat(actions)
        .containsSubsequence("Create", "Update", "Deactivate", "Activate", "Delete", "Restore");
    var first = results.json().path("entities").get(0);
    assertThat(first.at("/client/id").asString("")).isEqualTo("cloud.okta");
    assertThat(first.at("/entity/name").asString("")).isEqualTo("ada@example.com");
    assertThat(first.path("status").asString("")).isEqualTo("SUCCESS");
    var page = ok(200, cloud.platform().get(path + "/results?pageSize=2"));
    assertThat(page.json().path("entities")).hasSize(2);
    var next = cloud.platform().get(path + "/results?pageSize=2&cursor=" + page.text("/cursor"));
    assertThat(next.text("/entities/0/id")).isEqualTo(results.text("/entities/2/id"));
    var realtime =
        cloud
            .platform()
            .post("/audits/query/realtime", query.formatted(interval, "PeoplePermissions", ""));
    assertThat(ok(200, realtime).json().path("total").asInt()).isZero();
    others(cloud, path);
  }

  /// Neither another client nor another organization sees the query.
  private static void others(Cloud cloud, String path) {
    assertError(cloud.platform().as(TestServer.QUIET).get(path), 404, "not.found");
    var odd = "{\"interval\": \"yesterday\", \"serviceName\": \"SCIM\"}";
    assertError(cloud.platform().post("/audits/query", odd), 400, "invalid.value");
    var unknown =
        "{\"interval\": \"2026-01-01T00:00:00Z/2026-01-02T00:00:00Z\","
            + " \"serviceName\": \"Telephony\"}";
    assertError(cloud.platform().post("/audits/query", unknown), 400, "invalid.value");
  }

  private static String session(String user) {
    var body = "{\"user\": \"%s\", \"application\": \"desk\", \"seconds\": 600}".formatted(user);
    return ok(201, server.calls(TestServer.CLOUD).post("/cloud/sessions", body)).text("/token");
  }

  private static boolean lives(String token) {
    return server
        .calls(TestServer.CLOUD)
        .with("Content-Type", "application/x-www-form-urlencoded")
        .post("/cloud/introspect", "token=" + token)
        .json()
        .path("active")
        .asBoolean(false);
  }

  private static String licences(Cloud cloud) {
    return ok(200, cloud.platform().get("/license/users?pageSize=500")).response().body();
  }
}
