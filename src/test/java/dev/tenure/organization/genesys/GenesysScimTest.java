package dev.tenure.organization.genesys;

import static dev.tenure.organization.genesys.Cloud.ENTERPRISE;
import static dev.tenure.organization.genesys.Cloud.GENESYS;
import static dev.tenure.organization.genesys.Cloud.email;
import static dev.tenure.organization.genesys.Cloud.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// SCIM as Genesys Cloud has it: the facts of sections 1 to 8 of `genesys.md`.
class GenesysScimTest {
  private static final String CREATED = "\"id\"";
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

  private static void assertError(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.text("/status")).isEqualTo(String.valueOf(status));
    assertThat(answer.text("/scimType")).isEqualTo(type);
  }

  private static String inGenesys(String attributes) {
    return ", \"" + GENESYS + "\": {" + attributes + "}";
  }

  @Test
  void bothFamiliesOfPathsAreTheSameInAnyLetterCase() {
    var id = cloud.user(email(), "").id();
    for (var path :
        List.of(
            "/api/v2/scim/v2/Users/", "/api/v2/scim/v2/users/",
            "/api/v2/scim/Users/", "/api/v2/scim/users/")) {
      var answer = cloud.scim().at(path).get(id);
      assertThat(answer.id()).as(path).isEqualTo(id);
      assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
      assertThat(answer.header("ININ-Correlation-Id")).isNotBlank();
    }
  }

  @Test
  void metaHasAPathAVersionThatIsANumberAndNoTimeOfCreation() {
    var user = cloud.user(email(), "");
    assertThat(user.header("ETag")).isEqualTo("\"1\"");
    assertThat(user.text("/meta/version")).isEqualTo("1");
    assertThat(user.text("/meta/location")).isEqualTo("/api/v2/scim/v2/users/" + user.id());
    assertThat(user.text("/meta/lastModified")).isNotBlank();
    assertThat(user.json().path("meta").has("created")).isFalse();
  }

  @Test
  void aStaleVersionIsInvalidVersAndACurrentOneIsNotRepeated() {
    var id = cloud.user(email(), "").id();
    var title = "{\"op\": \"replace\", \"path\": \"title\", \"value\": \"%s\"}";
    var first = cloud.scim().with("If-Match", "\"1\"");
    assertThat(ok(200, first.change("/Users/" + id, title.formatted("A"))).header("ETag"))
        .isEqualTo("\"2\"");
    assertError(first.change("/Users/" + id, title.formatted("B")), 400, "invalidVers");
    assertError(first.delete("/Users/" + id), 400, "invalidVers");
    var known = cloud.scim().with("If-None-Match", "\"2\"");
    assertThat(known.get("/Users/" + id).status()).isEqualTo(304);
  }

  @Test
  void groupsAreNeitherMadeNorDeletedNorNamed() {
    var id = cloud.group("Fixed").id();
    var body =
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Other"}\
        """;
    assertError(cloud.scim().post("/Groups", body), 405, "");
    assertError(cloud.scim().delete("/Groups/" + id), 405, "");
    var put = ok(200, cloud.scim().put("/Groups/" + id, body));
    assertThat(put.text("/displayName")).isEqualTo("Fixed");
    var rename = "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"Other\"}";
    assertError(cloud.scim().change("/Groups/" + id, rename), 400, "mutability");
  }

  @Test
  void groupsHoldPeopleOnly() {
    var outer = cloud.group("Outer").id();
    var inner = cloud.group("Inner").id();
    var user = cloud.user(email(), "").id();
    var add = "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}";
    assertError(cloud.scim().change("/Groups/" + outer, add.formatted(inner)), 400, "invalidValue");
    ok(200, cloud.scim().change("/Groups/" + outer, add.formatted(user)));
    var none = "00000000-0000-7000-8000-000000000000";
    assertError(cloud.scim().change("/Groups/" + outer, add.formatted(none)), 400, "invalidValue");
  }

  @Test
  void listsShowActiveUsersUnlessAskedForOthers() {
    var id = cloud.user(email(), ", \"active\": false, \"title\": \"Silent\"").id();
    assertThat(cloud.scim().get("/Users?count=100").response().body()).doesNotContain(id);
    assertThat(cloud.scim().filter("/Users", "active eq false").response().body()).contains(id);
    assertThat(cloud.scim().get("/Users/" + id).json().path("active").asBoolean(true)).isFalse();
  }

  @Test
  void aPageHasTwentyFiveAndAtMostAHundred() {
    var answer = ok(200, cloud.scim().get("/Users?count=0"));
    assertThat(answer.json().path("Resources").isEmpty()).isTrue();
    for (int i = 0; i < 26; i++) cloud.user(email(), "");
    assertThat(cloud.scim().get("/Users").json().path("itemsPerPage").asInt()).isEqualTo(25);
  }

  @Test
  void filtersCompareOneAttributeWithOneValue() {
    var name = email();
    var boss = cloud.user(email(), "").id();
    var enterprise =
        """
        , "externalId": "X-%1$s", "%2$s": {"division": "Sales", "employeeNumber": "N-%1$s",
          "manager": {"value": "%3$s"}}\
        """
            .formatted(name, ENTERPRISE, boss);
    var id = cloud.user(name, enterprise).id();
    for (var filter :
        List.of(
            "userName eq \"" + name + "\"",
            "username eq " + name,
            "id eq " + id,
            "email eq " + name,
            "externalId eq \"X-" + name + "\"",
            "employeeNumber eq N-" + name,
            ENTERPRISE + ":employeeNumber eq \"N-" + name + "\"",
            "manager eq " + boss)) {
      var found = ok(200, cloud.scim().filter("/Users", filter));
      assertThat(found.total()).as(filter).isEqualTo(1);
      assertThat(found.text("/Resources/0/id")).isEqualTo(id);
    }
    assertThat(cloud.scim().filter("/Users", "division eq Sales").response().body()).contains(id);
    cloud.group("Filtered");
    assertThat(cloud.scim().filter("/Groups", "displayname eq Filtered").total()).isEqualTo(1);
  }

  @Test
  void otherFiltersAreInvalid() {
    for (var filter :
        List.of(
            "userName sw \"a\"",
            "userName co \"a\"",
            "title pr",
            "userName eq \"a\" and active eq true",
            "userName eq a or active eq true",
            "not (active eq true)",
            "meta.lastModified gt \"2026-01-01T00:00:00Z\"",
            "title eq \"a\"",
            "active eq perhaps",
            "userName eq \"a\" or \"b\"",
            "userName")) {
      assertError(cloud.scim().filter("/Users", filter), 400, "invalidFilter");
    }
    assertError(cloud.scim().filter("/Groups", "externalId eq x"), 400, "invalidFilter");
    assertThat(cloud.scim().get("/Schemas?filter=id%20eq%20x").status()).isEqualTo(403);
  }

  @Test
  void displayNameAndUserNameAreRequired() {
    var schemas = "{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], ";
    assertError(
        cloud.scim().post("/Users", schemas + "\"userName\": \"" + email() + "\"}"),
        400,
        "invalidValue");
    assertError(
        cloud.scim().post("/Users", schemas + "\"displayName\": \"Nobody\"}"), 400, "invalidValue");
  }

  @Test
  void theOtherEmailIsTheUserNameAlways() {
    var name = email();
    var work = email();
    var emails =
        """
        , "emails": [{"value": "%s", "type": "work"}, {"value": "else@x.com", "type": "other"}]\
        """
            .formatted(work);
    var user = cloud.user(name, emails);
    assertThat(user.json().path("emails")).hasSize(2);
    assertThat(user.json().path("emails").toString()).contains(name, work).doesNotContain("else");
    var next = email();
    var renamed =
        cloud
            .scim()
            .change(
                "/Users/" + user.id(),
                "{\"op\": \"replace\", \"path\": \"userName\", \"value\": \"" + next + "\"}");
    assertThat(renamed.json().path("emails").toString()).contains(next).doesNotContain(name);
    var home =
        "{\"op\": \"add\", \"path\": \"emails\", \"value\": [{\"value\": \"a@x.com\","
            + " \"type\": \"home\"}]}";
    assertError(cloud.scim().change("/Users/" + user.id(), home), 400, "invalidValue");
  }

  @Test
  void theExternalIdStandsAmongTheExternalIdsAndCannotBeTakenOutThere() {
    var name = email();
    var ids = "\"externalIds\": [{\"authority\": \"teams\", \"value\": \"%s\"}]".formatted(name);
    var user = cloud.user(name, ", \"externalId\": \"E-" + name + "\"" + inGenesys(ids));
    var shown = user.json().path(GENESYS).path("externalIds");
    assertThat(shown).hasSize(2);
    assertThat(shown.get(0).path("authority").asString("")).startsWith("x-pc:scimv2:v1");
    assertThat(shown.get(0).path("value").asString("")).isEqualTo("E-" + name);
    var remove = "{\"op\": \"remove\", \"path\": \"" + GENESYS + ":externalIds\"}";
    var left = cloud.scim().change("/Users/" + user.id(), remove).json().path(GENESYS);
    assertThat(left.path("externalIds")).hasSize(1);
    assertThat(left.toString()).contains("E-" + name);
    var filter = GENESYS + ":externalIds[authority eq \"x-pc:scimv2:v1\" and value eq \"E-";
    var found = cloud.scim().filter("/Users", filter + name + "\"]");
    assertThat(found.text("/Resources/0/id")).isEqualTo(user.id());
  }

  @Test
  void anAuthorityGivesAnIdToOneUser() {
    var ids = inGenesys("\"externalIds\": [{\"authority\": \"hr\", \"value\": \"77\"}]");
    cloud.user(email(), ids);
    var second =
        cloud
            .scim()
            .post(
                "/Users",
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s",
                 "displayName": "Second"%s}\
                """
                    .formatted(email(), ids));
    assertError(second, 409, "uniqueness");
  }

  @Test
  void skillsMustExistWithTheirLetterCaseAndAProficiencyUpToFive() {
    var id = cloud.user(email(), "").id();
    var add =
        "{\"op\": \"add\", \"path\": \""
            + GENESYS
            + ":routingSkills\","
            + " \"value\": [{\"name\": \"%s\", \"proficiency\": %s}]}";
    ok(200, cloud.scim().change("/Users/" + id, add.formatted("Billing", "4.5")));
    assertError(
        cloud.scim().change("/Users/" + id, add.formatted("BILLING", "1")), 400, "invalidValue");
    assertError(
        cloud.scim().change("/Users/" + id, add.formatted("Chess", "5.1")), 400, "invalidValue");
  }

  @Test
  void namesOfRolesAndDivisionsMustExist() {
    var id = cloud.user(email(), "").id();
    var role = "{\"op\": \"add\", \"path\": \"roles\", \"value\": [{\"value\": \"Emperor\"}]}";
    assertError(cloud.scim().change("/Users/" + id, role), 400, "invalidValue");
  }

  @Test
  void whoIsDeactivatedLosesTheRoles() {
    var id = cloud.user(email(), ", \"roles\": [{\"value\": \"Agent\"}]").id();
    var active = "{\"op\": \"replace\", \"path\": \"active\", \"value\": %s}";
    var off = cloud.scim().change("/Users/" + id, active.formatted("false"));
    assertThat(off.json().has("roles")).isFalse();
    var on = cloud.scim().change("/Users/" + id, active.formatted("true"));
    assertThat(on.json().has("roles")).isFalse();
  }

  @Test
  void whoWasDeletedIsNotFoundAndComesBackByACreationWithTheSameUserName() {
    var name = email();
    var id = cloud.user(name, ", \"roles\": [{\"value\": \"Agent\"}]").id();
    ok(204, cloud.scim().delete("/Users/" + id));
    assertError(cloud.scim().get("/Users/" + id), 404, "");
    var again = cloud.user(name, "");
    assertThat(again.id()).isEqualTo(id);
    assertThat(again.json().has("roles")).isFalse();
    assertThat(again.response().body()).contains(CREATED);
  }

  @Test
  void thereAreNeitherBulkNorSearchNorSort() {
    assertThat(cloud.scim().post("/Bulk", "{}").status()).isIn(404, 501);
    assertThat(cloud.scim().get("/Me").status()).isEqualTo(501);
    var config = ok(200, cloud.scim().get("/serviceproviderconfig")).json();
    assertThat(config.at("/sort/supported").asBoolean(true)).isFalse();
    assertThat(config.at("/bulk/supported").asBoolean(true)).isFalse();
    assertThat(config.at("/etag/supported").asBoolean(false)).isTrue();
    assertThat(config.at("/changePassword/supported").asBoolean(false)).isTrue();
    assertThat(config.at("/filter/maxResults").asInt()).isEqualTo(100);
  }
}
