package dev.tenure.organization.genesys;

import static dev.tenure.organization.genesys.Cloud.email;
import static dev.tenure.organization.genesys.Cloud.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bodies, paths and queries that no client should send: refused as the platform refuses.
class BadCallsTest {
  private static final List<String> BODIES =
      List.of(
          "",
          "[]",
          "{}",
          "null",
          "7",
          "\"text\"",
          "[[]]",
          "[null]",
          "[{}]",
          "{\"version\": \"1\"}",
          "{\"version\": 99999999999999999999999999}",
          "{\"version\": 1.5, \"state\": \"active\"}",
          "{\"version\": 1, \"state\": 7}",
          "{\"version\": 1, \"name\": {\"a\": 1}, \"employerInfo\": {\"dateHire\": \"soon\"}}",
          "{\"version\": 1, \"addresses\": [7, {\"address\": \"\"}]}",
          "{\"version\": 1, \"memberIds\": \"x\"}",
          "{\"version\": 1, \"memberIds\": [7, null, {}]}",
          "{\"name\": \"\\u0000\", \"email\": \"\\u0000\", \"divisionId\": 1}",
          "{\"grants\": 7}",
          "{\"grants\": [{\"roleId\": {}, \"divisionId\": []}]}",
          "{\"assignments\": [{\"licenseId\": {}}]}",
          "{\"query\": [{\"type\": \"EXACT\", \"fields\": \"email\", \"values\": {}}]}",
          "{\"query\": [7], \"pageSize\": \"many\"}",
          "{\"pageSize\": 2.5}",
          "{\"interval\": \"a/b\", \"serviceName\": \"SCIM\"}",
          "{\"interval\": \"2026-01-02T00:00:00Z/2026-01-01T00:00:00Z\","
              + " \"serviceName\": \"SCIM\"}",
          "[{\"id\": 7, \"proficiency\": \"NaN\"}]");

  private static TestServer server;
  private static Cloud cloud;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    cloud = Cloud.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void refused(Answer answer, String what) {
    assertThat(answer.status()).as("%s: %s", what, answer.response().body()).isBetween(400, 499);
    assertThat(answer.text("/code")).as(what).isNotBlank();
    assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
  }

  @Test
  void bodiesOfTheWrongShape() {
    var user = cloud.user(email(), "").id();
    var group = cloud.group("Bad").id();
    for (var body : BODIES) {
      for (var call :
          List.of(
              "POST /users",
              "PATCH /users/" + user,
              "POST /users/" + user + "/externalid",
              "POST /users/" + user + "/routingskills",
              "POST /groups",
              "PUT /groups/" + group,
              "POST /groups/" + group + "/members",
              "POST /authorization/subjects/" + user + "/bulkadd",
              "POST /license/organization",
              "POST /routing/languages",
              "POST /audits/query",
              "POST /audits/query/realtime")) {
        var parts = call.split(" ", 2);
        if (!isGood(call, body)) {
          refused(cloud.platform().send(parts[0], parts[1], body), call + " " + body);
        }
      }
    }
    assertThat(ok(200, cloud.platform().get("/users/" + user)).text("/state")).isEqualTo("active");
  }

  /// Fields that are not asked for are passed over, so some of these mean something to some calls.
  private static boolean isGood(String call, String body) {
    var changes = call.startsWith("PATCH /users") || call.startsWith("PUT /groups");
    return changes && body.startsWith("{\"version\": 1, \"");
  }

  @Test
  void pathsAndQueriesOfTheWrongShape() {
    for (var path :
        List.of(
            "/users/x",
            "/users/%00",
            "/users/externalid/a%00/b%22%5D",
            "/users?pageNumber=99999999999",
            "/users?pageSize=-1",
            "/groups/x/members",
            "/authorization/subjects/x",
            "/authorization/divisions/x",
            "/license/definitions/x",
            "/license/users/x",
            "/routing/skills/x",
            "/audits/query/x/results",
            "/organizations/limits/namespaces/x")) {
      refused(cloud.platform().get(path), path);
    }
  }
}
