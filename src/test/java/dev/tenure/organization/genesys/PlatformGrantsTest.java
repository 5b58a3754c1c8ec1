package dev.tenure.organization.genesys;

import static dev.tenure.organization.genesys.Cloud.assertError;
import static dev.tenure.organization.genesys.Cloud.email;
import static dev.tenure.organization.genesys.Cloud.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Groups and members, roles in divisions, and licences by platform calls.
class PlatformGrantsTest {
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

  private static String grants(String role, String division) {
    return "{\"grants\": [{\"roleId\": \"%s\", \"divisionId\": \"%s\"}]}"
        .formatted(cloud.role(role), cloud.division(division));
  }

  private static Answer subject(String id) {
    return ok(200, cloud.platform().get("/authorization/subjects/" + id));
  }

  private static Answer change(String id, String how, String body) {
    return cloud.platform().post("/authorization/subjects/" + id + "/" + how, body);
  }

  @Test
  void aGroupIsMadeNamedAndDeleted() {
    var group = cloud.group("Night shift");
    assertThat(group.text("/name")).isEqualTo("Night shift");
    assertThat(group.text("/type")).isEqualTo("official");
    assertThat(group.text("/state")).isEqualTo("active");
    assertThat(group.json().path("memberCount").asInt(-1)).isZero();
    var path = "/groups/" + group.id();
    var body = "{\"name\": \"Day shift\", \"visibility\": \"members\", \"version\": %d}";
    var put = ok(200, cloud.platform().put(path, body.formatted(1)));
    assertThat(put.text("/name")).isEqualTo("Day shift");
    assertThat(put.text("/visibility")).isEqualTo("members");
    assertThat(put.json().path("version").asInt()).isEqualTo(2);
    assertError(cloud.platform().put(path, body.formatted(1)), 409, "general.conflict");
    assertThat(cloud.platform().get("/groups?pageSize=500").response().body())
        .contains("Day shift");
    ok(204, cloud.platform().delete(path));
    assertError(cloud.platform().get(path), 404, "not.found");
    var wrong =
        "{\"name\": \"X\", \"type\": \"odd\", \"visibility\": \"public\", \"rulesVisible\": true}";
    assertError(cloud.platform().post("/groups", wrong), 400, "invalid.value");
  }

  @Test
  void membersAreAddedWithTheVersionAndAtMostFifty() {
    var group = cloud.group("Members").id();
    var user = cloud.user(email(), "").id();
    var path = "/groups/" + group + "/members";
    var body = "{\"memberIds\": [\"%s\"], \"version\": %d}";
    assertError(
        cloud.platform().post(path, "{\"memberIds\": [\"" + user + "\"]}"), 400, "invalid.value");
    ok(202, cloud.platform().post(path, body.formatted(user, 1)));
    assertError(cloud.platform().post(path, body.formatted(user, 1)), 409, "general.conflict");
    var members = ok(200, cloud.platform().get(path));
    assertThat(members.text("/entities/0/id")).isEqualTo(user);
    assertThat(
            cloud.platform().get("/groups/" + group + "/individuals").json().path("total").asInt())
        .isEqualTo(1);
    assertThat(cloud.platform().get("/groups/" + group).json().path("memberCount").asInt())
        .isEqualTo(1);
    var many = "\"" + (user + "\",\"").repeat(50) + user + "\"";
    assertError(
        cloud.platform().post(path, "{\"memberIds\": [" + many + "], \"version\": 2}"),
        400,
        "invalid.value");
    ok(202, cloud.platform().delete(path + "?ids=" + user));
    assertThat(cloud.platform().get(path).json().path("total").asInt()).isZero();
  }

  @Test
  void rolesAndDivisionsHaveIdsThatStay() {
    var roles = ok(200, cloud.platform().get("/authorization/roles"));
    assertThat(roles.json().path("total").asInt()).isEqualTo(3);
    var id = cloud.role("Agent");
    assertThat(ok(200, cloud.platform().get("/authorization/roles/" + id)).text("/name"))
        .isEqualTo("Agent");
    assertError(cloud.platform().get("/authorization/roles/none"), 404, "not.found");
    var home = ok(200, cloud.platform().get("/authorization/divisions/home"));
    assertThat(home.text("/name")).isEqualTo("Home");
    assertThat(home.json().path("homeDivision").asBoolean(false)).isTrue();
    assertThat(cloud.division("Sales")).isNotEqualTo(home.id());
  }

  @Test
  void rolesAreGivenAndTakenInDivisions() {
    var id = cloud.user(email(), "").id();
    ok(204, change(id, "bulkadd?subjectType=PC_USER", grants("Agent", "Sales")));
    ok(204, change(id, "bulkadd", grants("Agent", "Home")));
    var subject = subject(id);
    assertThat(subject.json().path("grants")).hasSize(2);
    assertThat(subject.text("/grants/0/role/name")).isEqualTo("Agent");
    assertThat(subject.text("/grants/0/division/name")).isEqualTo("Sales");
    assertThat(subject.text("/grants/0/subjectId")).isEqualTo(id);
    ok(204, change(id, "bulkremove", grants("Agent", "Sales")));
    assertThat(subject(id).text("/grants/0/division/name")).isEqualTo("Home");
    ok(204, change(id, "bulkreplace", grants("Guest", "Sales")));
    assertThat(subject(id).text("/grants/0/role/name")).isEqualTo("Guest");
    var one = "/divisions/" + cloud.division("Sales") + "/roles/" + cloud.role("Guest");
    ok(204, cloud.platform().delete("/authorization/subjects/" + id + one));
    assertThat(subject(id).json().path("grants").isEmpty()).isTrue();
    var unknown = "{\"grants\": [{\"roleId\": \"x\", \"divisionId\": \"y\"}]}";
    assertError(change(id, "bulkadd", unknown), 400, "invalid.value");
  }

  @Test
  void whatAGroupHasItsMembersHaveAndLoseByTheGroupOnly() {
    var group = cloud.group("Carriers").id();
    var user = cloud.user(email(), "").id();
    ok(204, change(group, "bulkadd?subjectType=PC_GROUP", grants("Supervisor", "Home")));
    ok(
        202,
        cloud
            .platform()
            .post(
                "/groups/" + group + "/members",
                "{\"memberIds\": [\"%s\"], \"version\": 1}".formatted(user)));
    assertThat(subject(user).text("/grants/0/subjectId")).isEqualTo(group);
    ok(204, change(user, "bulkreplace", "{\"grants\": []}"));
    assertThat(subject(user).json().path("grants")).hasSize(1);
    var roles = ok(200, cloud.platform().get("/users/" + user + "/roles"));
    assertThat(roles.text("/roles/0/name")).isEqualTo("Supervisor");
    assertThat(ok(200, cloud.platform().get("/license/users/" + user)).text("/licenses/0/id"))
        .isEqualTo("CX3");
    ok(204, change(group, "bulkremove", grants("Supervisor", "Home")));
    assertThat(subject(user).json().path("grants").isEmpty()).isTrue();
    assertThat(ok(200, cloud.platform().get("/license/users/" + user)).json().path("licenses"))
        .isEmpty();
  }

  @Test
  void rolesOfAUserAreReplaced() {
    var id = cloud.user(email(), ", \"roles\": [{\"value\": \"Agent\"}]").id();
    var put =
        ok(
            200,
            cloud
                .platform()
                .put("/users/" + id + "/roles", "[\"" + cloud.role("Supervisor") + "\"]"));
    assertThat(put.json().path("roles")).hasSize(1);
    assertThat(put.text("/roles/0/name")).isEqualTo("Supervisor");
    assertThat(cloud.scim().get("/Users/" + id).text("/roles/0/value")).isEqualTo("Supervisor");
  }

  @Test
  void usersMoveToADivision() {
    var id = cloud.user(email(), "").id();
    var path = "/authorization/divisions/" + cloud.division("Sales") + "/objects/USER";
    ok(204, cloud.platform().post(path, "[\"" + id + "\"]"));
    assertThat(cloud.platform().get("/users/" + id).text("/division/name")).isEqualTo("Sales");
    assertError(cloud.platform().post(path, "[\"none\"]"), 404, "not.found");
  }

  @Test
  void licencesFollowTheDearestRoleAndAreGivenByName() {
    var definitions = ok(200, cloud.platform().get("/license/definitions"));
    assertThat(definitions.text("/0/id")).isEqualTo("CX2");
    assertThat(definitions.text("/0/description")).isEqualTo("CX 2");
    assertThat(ok(200, cloud.platform().get("/license/definitions/CX3")).id()).isEqualTo("CX3");
    var both = "[\"%s\", \"%s\"]".formatted(cloud.role("Agent"), cloud.role("Supervisor"));
    var inferred = ok(200, cloud.platform().post("/license/infer", both));
    assertThat(inferred.json().toString()).isEqualTo("[\"CX3\"]");
    var id = cloud.user(email(), "").id();
    var body = "{\"assignments\": [{\"licenseId\": \"CX2\", \"%s\": [\"%s\", \"none\"]}]}";
    var given =
        ok(200, cloud.platform().post("/license/organization", body.formatted("userIdsAdd", id)));
    assertThat(given.text("/0/userId")).isEqualTo(id);
    assertThat(given.text("/0/licenseId")).isEqualTo("CX2");
    assertThat(given.text("/0/result")).isEqualTo("SUCCESS");
    assertThat(given.text("/1/result")).isNotEqualTo("SUCCESS");
    assertThat(holders()).contains("{\"id\":\"" + id + "\",\"licenses\":[\"CX2\"]}");
    assertThat(cloud.platform().post("/license/users", "[\"" + id + "\"]").text("/" + id + "/0/id"))
        .isEqualTo("CX2");
    ok(200, cloud.platform().post("/license/organization", body.formatted("userIdsRemove", id)));
    assertThat(holders()).doesNotContain(id);
  }

  private static String holders() {
    return ok(200, cloud.platform().get("/license/users?pageSize=500")).response().body();
  }

  @Test
  void aClientNeedsPermissionAndScopeForEachCall() {
    var viewer = cloud.platform().as(TestServer.VIEWER);
    ok(200, viewer.get("/users"));
    assertError(viewer.post("/groups", "{}"), 403, "missing.permissions");
    assertError(viewer.delete("/users/x"), 403, "missing.permissions");
    var narrow = cloud.platform().as(TestServer.USERS_ONLY);
    assertError(narrow.get("/groups"), 403, "missing.permissions");
    assertError(narrow.get("/authorization/roles"), 403, "missing.permissions");
    assertError(narrow.get("/license/users"), 403, "missing.permissions");
    assertError(narrow.get("/audits/query/servicemapping"), 403, "missing.permissions");
    var noGrants = cloud.platform().as(TestServer.NO_GRANTS);
    assertError(noGrants.put("/users/x/roles", "[]"), 403, "missing.permissions");
    assertError(cloud.platform().as("").get("/users"), 401, "authentication.required");
    assertError(cloud.platform().as("wrong").get("/users"), 401, "bad.credentials");
    assertError(cloud.platform().get("/nowhere"), 404, "not.found");
    var wrong = cloud.platform().put("/users", "{}");
    assertError(wrong, 405, "method.not.allowed");
    assertThat(wrong.header("Allow")).isEqualTo("GET, POST");
  }
}
