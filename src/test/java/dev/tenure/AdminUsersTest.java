package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.testkit.ScimCalls;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Tokens and the console's users over the admin API.
class AdminUsersTest {
  private static final String USERS = "/console/users";
  private static final String ONE = "/console/users/{user}";
  private static final AdminSite ADMIN = AdminSite.open();

  @BeforeAll
  static void serve() {
    ADMIN.serve();
  }

  @AfterAll
  static void close() {
    ADMIN.close();
  }

  private static ScimCalls.Answer rule(String method, String template, String path, String body) {
    return ADMIN.ask(Role.ADMINISTRATOR, method, template, path, body);
  }

  private static ScimCalls.Answer add(String name, String role) {
    var body = "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}";
    return rule("POST", USERS, USERS, body);
  }

  @Test
  void aTokenIsHandedOutOnceAndWorksUntilItIsRevoked() {
    var body = "{\"name\":\"ci\",\"role\":\"operator\",\"expires\":\"2099-12-31\"}";
    var made = rule("POST", "/tokens", "/tokens", body);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/expiresAt")).isEqualTo("2099-12-31T00:00:00Z");
    var secret = made.text("/secret");
    var calls = new AdminCalls(ADMIN.place().base(), secret);
    var status = new AdminCalls.Place("/status", "/status");
    assertThat(calls.ask("GET", status, "").status()).isEqualTo(200);
    assertThat(rule("GET", "/tokens", "/tokens", "").body())
        .contains("\"ci\"")
        .doesNotContain(secret);
    assertThat(rule("POST", "/tokens", "/tokens", body).status()).isEqualTo(409);
    rule("DELETE", "/tokens/{token}", "/tokens/ci", "");
    assertThat(calls.ask("GET", status, "").status()).isEqualTo(401);
    assertThat(ADMIN.audited("system/console")).contains("token:administrator admin.token.created");
  }

  @Test
  void whatIsNoTokenIsRefused() {
    for (var wrong :
        List.of(
            "",
            "{\"name\":\"A B\"}",
            "{\"name\":\"x\",\"role\":\"king\"}",
            "{\"name\":\"x\",\"expires\":\"soon\"}",
            "{\"name\":\"x\",\"secret\":\"y\"}")) {
      assertThat(rule("POST", "/tokens", "/tokens", wrong).status()).as(wrong).isEqualTo(400);
    }
    var body = "{\"name\":\"sly\",\"role\":\"administrator\"}";
    assertThat(ADMIN.ask(Role.OPERATOR, "POST", "/tokens", "/tokens", body).status())
        .isEqualTo(403);
  }

  @Test
  void aUserIsAddedGetsAnotherRoleAndPasswordAndIsRemoved() {
    var made = add("ann", "operator");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/password")).hasSizeGreaterThan(15);
    assertThat(add("ann", "viewer").text("/code")).isEqualTo("CONSOLE_USER_EXISTS");
    var changed = rule("PATCH", ONE, "/console/users/ann", "{\"role\":\"viewer\"}");
    assertThat(changed.text("/role")).isEqualTo("viewer");
    var path = "/console/users/ann/password";
    var again = rule("POST", ONE + "/password", path, "");
    assertThat(again.text("/password")).isNotEqualTo(made.text("/password"));
    assertThat(rule("GET", USERS, USERS, "").json().path("users"))
        .isEqualTo(ADMIN.site().run("admin", "list", "--output", "json").json());
    assertThat(rule("DELETE", ONE, "/console/users/ann", "").status()).isEqualTo(204);
    assertThat(rule("DELETE", ONE, "/console/users/ann", "").status()).isEqualTo(404);
    assertThat(ADMIN.audited("system/console"))
        .contains(
            "token:administrator console.user.added",
            "token:administrator console.user.role",
            "token:administrator console.user.removed");
  }

  @Test
  void theLastAdministratorStaysAndWhoIsNotThereIsNotFound() {
    add("boss", "administrator");
    for (var user : rule("GET", USERS, USERS, "").json().path("users")) {
      var name = user.path("user").stringValue();
      boolean isOther = user.path("role").stringValue().equals("administrator");
      if (isOther && !name.equals("boss")) rule("DELETE", ONE, "/console/users/" + name, "");
    }
    var last = rule("DELETE", ONE, "/console/users/boss", "");
    assertThat(last.status()).isEqualTo(409);
    assertThat(last.text("/code")).isEqualTo("CONSOLE_LAST_ADMINISTRATOR");
    assertThat(rule("PATCH", ONE, "/console/users/boss", "{\"role\":\"viewer\"}").status())
        .isEqualTo(409);
    assertThat(rule("PATCH", ONE, "/console/users/boss", "{}").status()).isEqualTo(400);
    assertThat(rule("PATCH", ONE, "/console/users/none", "{\"role\":\"viewer\"}").status())
        .isEqualTo(404);
    var sessions = rule("DELETE", ONE + "/sessions", "/console/users/boss/sessions", "");
    assertThat(sessions.status()).isEqualTo(404);
    assertThat(add("A B", "viewer").status()).isEqualTo(400);
  }
}
