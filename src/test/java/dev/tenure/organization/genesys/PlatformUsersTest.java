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

/// Users, their search and restore, their external ids and skills by platform calls.
class PlatformUsersTest {
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

  private static Answer create(String email, String more) {
    return cloud
        .platform()
        .post(
            "/users",
            "{\"name\": \"Ada\", \"email\": \"%s\", \"divisionId\": \"%s\"%s}"
                .formatted(email, cloud.division("Sales"), more));
  }

  private static Answer patch(String id, String fields) {
    return cloud.platform().patch("/users/" + id, "{" + fields + "}");
  }

  private static Answer search(String query) {
    return cloud.platform().post("/users/search", "{\"query\": [" + query + "]}");
  }

  private static String exact(String field, String value) {
    return "{\"type\": \"EXACT\", \"fields\": [\"%s\"], \"values\": [\"%s\"]}"
        .formatted(field, value);
  }

  @Test
  void aUserIsInactiveUnlessSaidOtherwise() {
    var email = email();
    var more =
        """
        , "title": "Engineer", "department": "Works",
          "addresses": [{"address": "+4930123456", "mediaType": "PHONE", "type": "WORK"}]\
        """;
    var user = ok(201, create(email, more));
    assertThat(user.text("/state")).isEqualTo("inactive");
    assertThat(user.text("/name")).isEqualTo("Ada");
    assertThat(user.text("/email")).isEqualTo(email);
    assertThat(user.text("/username")).isEqualTo(email);
    assertThat(user.text("/title")).isEqualTo("Engineer");
    assertThat(user.text("/department")).isEqualTo("Works");
    assertThat(user.text("/division/name")).isEqualTo("Sales");
    assertThat(user.text("/addresses/0/address")).isEqualTo("+4930123456");
    assertThat(user.text("/primaryContactInfo/0/address")).isEqualTo(email);
    assertThat(user.text("/selfUri")).isEqualTo("/api/v2/users/" + user.id());
    assertThat(user.json().path("version").asInt()).isEqualTo(1);
    assertThat(ok(201, create(email(), ", \"state\": \"active\"")).text("/state"))
        .isEqualTo("active");
    var scim = cloud.scim().get("/Users/" + user.id());
    assertThat(scim.text("/userName")).isEqualTo(email);
  }

  @Test
  void theDayOfHireIsADayWhateverTimeWasGiven() {
    var more =
        """
        , "employerInfo": {"employeeId": "7", "dateHire": "2026-11-24T10:00:00Z"}\
        """;
    var id = ok(201, create(email(), more)).id();
    var shown = ok(200, cloud.platform().get("/users/" + id + "?state=any&expand=employerInfo"));
    assertThat(shown.text("/employerInfo/employeeId")).isEqualTo("7");
    assertThat(shown.text("/employerInfo/dateHire")).isEqualTo("2026-11-24");
    var scim = cloud.scim().get("/Users/" + id).json().path(Cloud.ENTERPRISE);
    assertThat(scim.path("dateHire").asString("")).startsWith("2026-11-24");
  }

  @Test
  void nameEmailAndDivisionAreRequired() {
    assertError(cloud.platform().post("/users", "{\"name\": \"Ada\"}"), 400, "invalid.value");
    var body = "{\"name\": \"A\", \"email\": \"%s\", \"divisionId\": \"none\"}".formatted(email());
    assertError(cloud.platform().post("/users", body), 400, "invalid.value");
    assertError(cloud.platform().post("/users", "{"), 400, "bad.request");
  }

  @Test
  void aPlainReadSeesActiveUsersOnly() {
    var id = ok(201, create(email(), "")).id();
    assertError(cloud.platform().get("/users/" + id), 404, "not.found");
    ok(200, cloud.platform().get("/users/" + id + "?state=inactive"));
    ok(200, cloud.platform().get("/users/" + id + "?state=any"));
    assertError(cloud.platform().get("/users/" + id + "?state=odd"), 400, "invalid.value");
    assertThat(cloud.platform().get("/users?pageSize=500").response().body()).doesNotContain(id);
    assertThat(cloud.platform().get("/users?pageSize=500&state=any").response().body())
        .contains(id);
    assertThat(cloud.platform().get("/users?state=any&id=" + id).json().path("total").asInt())
        .isEqualTo(1);
  }

  @Test
  void listsComeInPages() {
    for (int i = 0; i < 3; i++) cloud.user(email(), "");
    var page = ok(200, cloud.platform().get("/users?pageSize=2&pageNumber=1"));
    assertThat(page.json().path("entities")).hasSize(2);
    assertThat(page.json().path("pageSize").asInt()).isEqualTo(2);
    assertThat(page.json().path("pageNumber").asInt()).isEqualTo(1);
    var total = page.json().path("total").asInt();
    assertThat(total).isGreaterThanOrEqualTo(3);
    assertThat(page.json().path("pageCount").asInt()).isEqualTo((total + 1) / 2);
    assertThat(page.text("/nextUri")).isEqualTo("/api/v2/users?pageSize=2&pageNumber=2");
    assertThat(page.json().has("previousUri")).isFalse();
    var next = ok(200, cloud.scim().at("").get(page.text("/nextUri")));
    assertThat(next.text("/entities/0/id"))
        .isNotIn(page.text("/entities/0/id"), page.text("/entities/1/id"));
    assertThat(next.text("/previousUri")).isEqualTo("/api/v2/users?pageSize=2&pageNumber=1");
    var beyond = ok(200, cloud.platform().get("/users?pageSize=500&pageNumber=9"));
    assertThat(beyond.json().path("entities").isEmpty()).isTrue();
    assertThat(beyond.json().path("total").asInt()).isGreaterThanOrEqualTo(3);
    assertError(cloud.platform().get("/users?pageSize=501"), 400, "invalid.value");
    assertError(cloud.platform().get("/users?pageNumber=0"), 400, "invalid.value");
  }

  @Test
  void aChangeNeedsTheCurrentVersion() {
    var id = cloud.user(email(), "").id();
    assertError(patch(id, "\"title\": \"A\""), 400, "invalid.value");
    var changed = ok(200, patch(id, "\"title\": \"A\", \"version\": 1"));
    assertThat(changed.text("/title")).isEqualTo("A");
    assertThat(changed.json().path("version").asInt()).isEqualTo(2);
    assertError(patch(id, "\"title\": \"B\", \"version\": 1"), 409, "general.conflict");
    assertError(
        patch(id, "\"state\": \"inactive\", \"title\": \"B\", \"version\": 2"),
        400,
        "invalid.value");
    assertThat(ok(200, patch(id, "\"state\": \"inactive\", \"version\": 2")).text("/state"))
        .isEqualTo("inactive");
  }

  @Test
  void aTokenOfAClientHasNoUser() {
    assertError(cloud.platform().get("/users/me"), 400, "bad.request");
  }

  @Test
  void aDeletedUserIsFoundAndRestoredWithoutRolesAndDivision() {
    var email = email();
    var more =
        ", \"roles\": [{\"value\": \"Agent\"}], \"%s\": {\"division\": \"Sales\"}"
            .formatted(Cloud.ENTERPRISE);
    var id = cloud.user(email, more).id();
    ok(200, cloud.platform().delete("/users/" + id));
    assertError(cloud.platform().get("/users/" + id), 404, "not.found");
    assertError(create(email, ""), 409, "general.conflict");
    var found = ok(200, search(exact("email", email) + "," + exact("state", "deleted")));
    assertThat(found.json().path("total").asInt()).isEqualTo(1);
    assertThat(found.text("/results/0/id")).isEqualTo(id);
    assertThat(found.text("/results/0/state")).isEqualTo("deleted");
    var version = found.json().at("/results/0/version").asLong();
    assertError(
        patch(id, "\"state\": \"active\", \"version\": " + (version + 7)), 409, "general.conflict");
    assertError(patch(id, "\"title\": \"A\", \"version\": " + version), 404, "not.found");
    var back = ok(200, patch(id, "\"state\": \"active\", \"version\": " + version));
    assertThat(back.id()).isEqualTo(id);
    assertThat(back.text("/state")).isEqualTo("active");
    assertThat(back.text("/division/name")).isEqualTo("Home");
    var expanded = cloud.platform().get("/users/" + id + "?expand=authorization");
    assertThat(expanded.json().at("/authorization/roles").isEmpty()).isTrue();
  }

  @Test
  void searchTakesSomeFormsAndRefusesOthers() {
    var email = email();
    var id = cloud.user(email, ", \"title\": \"Astronaut\"").id();
    var starts = "{\"type\": \"STARTS_WITH\", \"fields\": [\"title\"], \"value\": \"astro\"}";
    assertThat(search(starts).text("/results/0/id")).isEqualTo(id);
    var contains =
        "{\"type\": \"CONTAINS\", \"fields\": [\"name\", \"email\"], \"value\": \"%s\"}"
            .formatted(email);
    assertThat(search(contains).text("/results/0/id")).isEqualTo(id);
    assertThat(
            search(exact("email", email.toUpperCase(java.util.Locale.ROOT))).text("/results/0/id"))
        .isEqualTo(id);
    assertThat(search(exact("email", "no" + email)).json().path("total").asInt()).isZero();
    assertThat(search(exact("email", email)).text("/types/0")).isEqualTo("users");
    assertError(search(exact("shoeSize", "44")), 400, "invalid.value");
    assertError(search(starts.replace("STARTS_WITH", "REGEX")), 400, "invalid.value");
  }

  @Test
  void anotherOrganizationsUsersAreNotFound() {
    var other = server.scim(TestServer.ACME);
    var body =
        "{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"],"
            + " \"userName\": \"acme@example.com\"}";
    var id = ok(201, other.post("/Users", body)).id();
    assertError(cloud.platform().get("/users/" + id + "?state=any"), 404, "not.found");
    assertThat(search(exact("email", "acme@example.com")).json().path("total").asInt()).isZero();
    assertError(server.calls(TestServer.ACME).get("/api/v2/users"), 404, "not.found");
  }

  @Test
  void externalIdsAreAddedAndLookedUp() {
    var id = cloud.user(email(), "").id();
    var body = "{\"authorityName\": \"Corp\", \"externalKey\": \"Key \\\"1\\\"\"}";
    ok(201, cloud.platform().post("/users/" + id + "/externalid", body));
    var ids = ok(200, cloud.platform().get("/users/" + id + "/externalid"));
    assertThat(ids.text("/0/authorityName")).isEqualTo("Corp");
    var found = ok(200, cloud.platform().get("/users/externalid/Corp/Key%20%221%22"));
    assertThat(found.id()).isEqualTo(id);
    assertError(cloud.platform().get("/users/externalid/corp/Key%20%221%22"), 404, "not.found");
    var other = cloud.user(email(), "").id();
    assertError(
        cloud.platform().post("/users/" + other + "/externalid", body), 409, "general.conflict");
  }

  @Test
  void skillsAreMadeAndGivenInBulk() {
    ok(201, cloud.platform().post("/routing/skills", "{\"name\": \"Fishing\"}"));
    assertError(
        cloud.platform().post("/routing/skills", "{\"name\": \"Fishing\"}"),
        409,
        "general.conflict");
    var fishing = cloud.first("/routing/skills?name=fish");
    var chess = cloud.first("/routing/skills?name=Chess");
    var id = cloud.user(email(), "").id();
    var path = "/users/" + id + "/routingskills";
    var one = "[{\"id\": \"%s\", \"proficiency\": %s}]";
    ok(200, cloud.platform().put(path + "/bulk", one.formatted(fishing, "2.5")));
    var both = ok(200, cloud.platform().patch(path + "/bulk", one.formatted(chess, "4")));
    assertThat(both.json().path("entities")).hasSize(2);
    assertThat(both.text("/entities/0/name")).isEqualTo("Fishing");
    assertThat(both.json().at("/entities/0/proficiency").asDouble()).isEqualTo(2.5);
    ok(204, cloud.platform().delete(path + "/" + chess));
    assertThat(cloud.platform().get(path).json().path("total").asInt()).isEqualTo(1);
    assertError(cloud.platform().put(path + "/bulk", one.formatted(id, "1")), 400, "invalid.value");
    assertError(
        cloud.platform().put(path + "/bulk", one.formatted(chess, "6")), 400, "invalid.value");
    var french = cloud.first("/routing/languages?name=F");
    ok(
        200,
        cloud
            .platform()
            .patch("/users/" + id + "/routinglanguages/bulk", one.formatted(french, "5")));
    var shown = cloud.platform().get("/users/" + id + "?expand=skills,languages");
    assertThat(shown.text("/skills/0/name")).isEqualTo("Fishing");
    assertThat(shown.text("/languages/0/name")).isEqualTo("French");
    var scim = cloud.scim().get("/Users/" + id).json().path(Cloud.GENESYS);
    assertThat(scim.at("/routingSkills/0/name").asString("")).isEqualTo("Fishing");
  }
}
