package dev.tenure.organization.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.concurrent.atomic.AtomicInteger;

/// The organization `cloud` as its clients see it: SCIM in the first family of paths, and platform
/// calls.
record Cloud(TestServer server, Calls scim, Calls platform) {
  static final String GENESYS = "urn:ietf:params:scim:schemas:extension:genesys:purecloud:2.0:User";
  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final AtomicInteger MADE = new AtomicInteger();

  static Cloud of(TestServer server) {
    var calls = server.calls(TestServer.CLOUD).with("Content-Type", "application/json");
    return new Cloud(server, calls.at("/api/v2/scim/v2"), calls.at("/api/v2"));
  }

  static String email() {
    return "user" + MADE.getAndIncrement() + "@example.com";
  }

  /// A user that SCIM makes; `more` begins with a comma, or is empty.
  Answer user(String userName, String more) {
    return ok(
        201,
        scim.post(
            "/Users",
            """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%1$s",
             "displayName": "Name of %1$s"%2$s}\
            """
                .formatted(userName, more)));
  }

  /// A group that a platform call makes.
  Answer group(String name) {
    return ok(
        201,
        platform.post(
            "/groups",
            """
            {"name": "%s", "type": "official", "visibility": "public", "rulesVisible": true}\
            """
                .formatted(name)));
  }

  /// The id of the first entity of a list.
  String first(String path) {
    return ok(200, platform.get(path)).text("/entities/0/id");
  }

  String role(String name) {
    return first("/authorization/roles?name=" + name);
  }

  String division(String name) {
    return first("/authorization/divisions?name=" + name);
  }

  long version(String user) {
    return ok(200, platform.get("/users/" + user + "?state=any")).json().path("version").asLong();
  }

  static Answer ok(int status, Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    return answer;
  }

  /// An error as the platform tells it.
  static void assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.text("/code")).isEqualTo(code);
    assertThat(answer.text("/message")).isNotBlank();
    assertThat(answer.text("/contextId")).isEqualTo(answer.header("ININ-Correlation-Id"));
    assertThat(answer.json().path("details").isArray()).isTrue();
    assertThat(answer.json().path("errors").isArray()).isTrue();
    assertThat(answer.json().path("messageParams").isObject()).isTrue();
  }
}
