package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Calls;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// No id and no token of one organization works in another (C3 118, 119).
class IsolationTest {
  private static TestServer server;
  private static Calls acme;
  private static Calls other;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
    other = server.scim(TestServer.OTHER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anIdOfAnotherOrganizationIsNotFoundByAnyMethod() {
    var user = acme.post("/Users", "{\"userName\": \"theirs@example.com\"}").id();
    var group = acme.post("/Groups", "{\"displayName\": \"Theirs\"}").id();
    var title = "{\"op\": \"replace\", \"path\": \"title\", \"value\": \"x\"}";
    var put = "{\"userName\": \"theirs@example.com\", \"displayName\": \"Theirs\"}";
    for (var path : List.of("/Users/" + user, "/Groups/" + group)) {
      assertThat(other.get(path).status()).isEqualTo(404);
      assertThat(other.put(path, put).status()).isEqualTo(404);
      assertThat(other.delete(path).status()).isEqualTo(404);
      assertThat(acme.get(path).status()).isEqualTo(200);
    }
    assertThat(other.change("/Users/" + user, title).status()).isEqualTo(404);
    var join =
        "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"" + user + "\"}]}";
    assertThat(other.change("/Groups/" + group, join).status()).isEqualTo(404);
    var ours = other.post("/Groups", "{\"displayName\": \"Ours\"}").id();
    assertThat(other.change("/Groups/" + ours, join).text("/scimType")).isEqualTo("invalidValue");
    assertThat(other.filter("/Users", "userName eq \"theirs@example.com\"").total()).isZero();
    assertThat(other.filter("/Users", "id eq \"" + user + "\"").total()).isZero();
    assertThat(acme.get("/Users/" + user).json().has("groups")).isFalse();
  }

  @Test
  void oneNameMayStandInSeveralOrganizations() {
    var body = "{\"userName\": \"both@example.com\"}";
    assertThat(acme.post("/Users", body).status()).isEqualTo(201);
    assertThat(other.post("/Users", body).status()).isEqualTo(201);
  }

  @Test
  void aTokenOfAnotherOrganizationIsNoToken() {
    var refused = other.as(acme.token()).get("/Users");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(refused.text("/status")).isEqualTo("401");
  }

  @Test
  void nothingTellsAnUnknownOrganizationFromAWrongToken() {
    var token = acme.token();
    var unknown = new Calls(server, "/nobody/scim/v2", token, List.of()).get("/Users");
    var wrong = acme.as("tnr_acme_" + "x".repeat(43)).get("/Users");
    var none = acme.as("").get("/Users");
    var odd = new Calls(server, "/No%20Body/scim/v2", token, List.of()).get("/Users");
    assertThat(List.of(unknown, wrong, none, odd))
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(401);
          assertThat(answer.response().body()).isEqualTo(wrong.response().body());
        });
  }

  @Test
  void sessionsBelongToTheirOrganization() {
    var user = acme.post("/Users", "{\"userName\": \"session@example.com\"}").id();
    var ours = acme.at("/acme");
    var begun = ours.post("/sessions", "{\"user\": \"" + user + "\"}");
    assertThat(begun.status()).isEqualTo(201);
    var form = "token=" + begun.text("/token");
    assertThat(ours.post("/introspect", form).json().path("active").asBoolean(false)).isTrue();
    var theirs = other.at("/other");
    assertThat(theirs.post("/introspect", form).json().path("active").asBoolean(true)).isFalse();
    assertThat(theirs.delete("/sessions/" + begun.id()).status()).isEqualTo(404);
    assertThat(theirs.delete("/sessions?user=" + user).status()).isEqualTo(204);
    assertThat(ours.get("/sessions?user=" + user).json().path("sessions").size()).isOne();
  }
}
