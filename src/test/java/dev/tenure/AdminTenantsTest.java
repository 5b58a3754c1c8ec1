package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.testkit.ScimCalls;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who is in an organization and what goes on there, over the admin API.
class AdminTenantsTest {
  private static final String ONE = "/organizations/{organization}";
  private static final String ACME = "/organizations/acme";
  private static final String ANN = "ann@example.com";

  /// The organization `tiny` lets one request through in a minute.
  private static final AdminSite ADMIN =
      AdminSite.of(
          AdminSite.YAML.replace(
              "organizations:\n",
              """
              organizations:
                tiny:
                  deletion: soft
                  rateLimit: {requestsPerMinute: 1, burst: 1}
                  clients:
                    idp: {token: "${env:ACME_TOKEN}", rateLimit: {requestsPerMinute: 0}}
                    slow: {token: "${env:SLOW_TOKEN}"}
              """));

  private static final String SLOW = "the-token-of-a-slow-client";

  @BeforeAll
  static void serve() {
    ADMIN.site().variable("SLOW_TOKEN", SLOW);
    ADMIN.serve();
    ADMIN.planAndApply();
  }

  @AfterAll
  static void close() {
    ADMIN.close();
  }

  private static ScimCalls acme() {
    return Site.calls(ADMIN.place(), "acme");
  }

  private static ScimCalls.Answer act(String method, String template, String path) {
    return ADMIN.ask(Role.OPERATOR, method, template, path, "");
  }

  @Test
  void usersAndGroupsAreReadPageByPage() {
    var names = new ArrayList<String>();
    var next = ACME + "/users?limit=2";
    while (!next.isEmpty()) {
      var page = ADMIN.get(ONE + "/users", next);
      page.json().path("users").forEach(u -> names.add(u.path("userName").asString("")));
      next = page.text("/next").replace("/admin/v1", "");
    }
    assertThat(names).containsExactly(ANN, "bob@example.com", "cara@example.com");
    var found = ADMIN.get(ONE + "/users", ACME + "/users?q=ANN&active=true");
    assertThat(found.text("/users/0/licences/0")).isEqualTo("CX1");
    assertThat(found.json().path("users").size()).isEqualTo(1);
    assertThat(ADMIN.get(ONE + "/users", ACME + "/users?active=no").status()).isEqualTo(400);
    acme()
        .send(
            "POST",
            "/scim/v2/Groups",
            "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],"
                + "\"displayName\":\"Sales\"}");
    var groups = ADMIN.get(ONE + "/groups", ACME + "/groups?q=sal");
    assertThat(groups.text("/groups/0/name")).isEqualTo("Sales");
    var counted = ADMIN.get(ONE, ACME).json().path("counts");
    assertThat(counted.path("users").asInt()).isEqualTo(3);
    assertThat(counted.path("groups").asInt()).isEqualTo(1);
  }

  @Test
  void whatAUserHasIsWhatTheCommandShowsByNameAndById() {
    var template = ONE + "/users/{user}/grants";
    var byName = ADMIN.get(template, ACME + "/users/" + ANN + "/grants");
    var told = ADMIN.run("org", "grants", "acme", ANN, "--output", "json").json();
    assertThat(byName.json()).isEqualTo(told);
    var byId = ADMIN.get(template, ACME + "/users/" + byName.text("/id") + "/grants");
    assertThat(byId.json()).isEqualTo(told);
    var none = ADMIN.get(template, ACME + "/users/nobody@example.com/grants");
    assertThat(none.status()).isEqualTo(404);
  }

  @Test
  void sessionsAreListedAndEndedOneByOneAndAllOfAUser() {
    var sessions = ONE + "/sessions";
    var first = acme().session(ANN);
    var second = acme().session(ANN);
    var bob = acme().session("bob@example.com");
    var newest = ADMIN.get(sessions, ACME + "/sessions?limit=1");
    assertThat(newest.text("/sessions/0/userName")).isEqualTo("bob@example.com");
    assertThat(newest.text("/next")).contains("before=");
    assertThat(newest.body()).doesNotContain(bob);
    var one = sessions + "/{session}";
    var path = ACME + "/sessions/" + newest.text("/sessions/0/id");
    assertThat(act("DELETE", one, path).status()).isEqualTo(204);
    assertThat(acme().lives(bob)).isFalse();
    assertThat(act("DELETE", one, path).status()).isEqualTo(404);
    var all = act("DELETE", ONE + "/users/{user}/sessions", ACME + "/users/" + ANN + "/sessions");
    assertThat(all.json().path("ended").asInt()).isEqualTo(2);
    assertThat(acme().lives(first) || acme().lives(second)).isFalse();
    assertThat(ADMIN.audited("organization/acme")).contains("token:operator session.revoked");
  }

  @Test
  void whoWasDeletedIsListedAndComesBackOnce() {
    var tiny = Site.calls(ADMIN.place(), "tiny");
    var user =
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],"
            + "\"userName\":\"dan@example.com\",\"active\":true}";
    var id = tiny.create(user);
    assertThat(tiny.send("DELETE", "/scim/v2/Users/" + id, "").status()).isEqualTo(204);
    var list = ADMIN.get(ONE + "/deleted", "/organizations/tiny/deleted");
    var told = ADMIN.run("org", "deleted", "tiny", "--output", "json").json();
    assertThat(list.json().path("users")).isEqualTo(told);
    var restore = ONE + "/deleted/{user}/restore";
    var path = "/organizations/tiny/deleted/" + id + "/restore";
    assertThat(act("POST", restore, path).text("/user")).isEqualTo(id);
    assertThat(tiny.user("dan@example.com").path("active").asBoolean()).isTrue();
    assertThat(act("POST", restore, path).status()).isEqualTo(404);
    assertThat(tiny.send("DELETE", "/scim/v2/Users/" + id, "").status()).isEqualTo(204);
    tiny.create(user);
    assertThat(act("POST", restore, path).status()).isEqualTo(409);
  }

  @Test
  void limitsAreShownWithWhatWasRefusedForThem() {
    var slow = new ScimCalls(Site.calls(ADMIN.place(), "tiny").base(), SLOW);
    var limits = "/organizations/tiny/limits";
    slow.send("GET", "/scim/v2/Users", "");
    assertThat(slow.send("GET", "/scim/v2/Users", "").status()).isEqualTo(429);
    var shown =
        AdminSite.until(
            () -> ADMIN.get(ONE + "/limits", limits),
            answer -> !answer.json().path("refused").isEmpty());
    assertThat(shown.json().at("/refused/0/requests").asInt()).isPositive();
    assertThat(shown.json().at("/limits/0/requestsPerMinute").asInt()).isEqualTo(1);
    assertThat(shown.text("/limits/1/client")).isEqualTo("idp");
    assertThat(shown.json().at("/limits/1/requestsPerMinute").asInt()).isZero();
    assertThat(shown.json().path("use").valueStream().map(u -> u.path("client").asString("")))
        .as("idp has no limit")
        .containsExactly("slow");
    assertThat(shown.json().at("/use/0/left").asInt()).isZero();
    var later = ADMIN.get(ONE + "/limits", limits + "?from=2099-01-01");
    assertThat(later.json().path("refused").isEmpty()).isTrue();
  }

  @Test
  void streamsAreShownWithWhatWaitsForThem() {
    var stream =
        "{\"events_requested\":"
            + "[\"https://schemas.openid.net/secevent/caep/event-type/session-revoked\"]}";
    var made = acme().send("POST", "/signals/stream", stream);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    var shown = ADMIN.get(ONE + "/streams", ACME + "/streams");
    assertThat(shown.text("/streams/0/client")).isEqualTo("idp");
    assertThat(shown.json().at("/streams/0/waiting").isNumber()).isTrue();
  }
}
