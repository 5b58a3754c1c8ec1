package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `/Bulk` (RFC 7644 §3.7; case 123 of C3).
class BulkOverHttpTest {
  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Bulk";
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static TestServer server;
  private static Calls acme;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer bulk(Calls calls, String more, String... operations) {
    var body =
        "{'schemas': ['%sRequest'], %s 'Operations': [%s]}"
            .formatted(SCHEMA, more, String.join(",", operations));
    return calls.post("/Bulk", body.replace('\'', '"'));
  }

  private static JsonNode done(String... operations) {
    var answer = bulk(acme, "", operations);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.text("/schemas/0")).isEqualTo(SCHEMA + "Response");
    return answer.json().path("Operations");
  }

  private static String user(String bulkId, String userName, String more) {
    return "{'method': 'POST', 'path': '/Users', 'bulkId': '%s', 'data': {'userName': '%s'%s}}"
        .formatted(bulkId, userName, more);
  }

  private static String group(String bulkId, String name, String... members) {
    var values = new StringBuilder();
    for (var member : members) {
      values.append(values.isEmpty() ? "" : ",").append("{'value': '").append(member).append("'}");
    }
    return "{'method': 'POST', 'path': '/Groups', 'bulkId': '%s',".formatted(bulkId)
        + " 'data': {'displayName': '%s', 'members': [%s]}}".formatted(name, values);
  }

  private static String managed(String by) {
    return ", '" + ENTERPRISE + "': {'department': 'D', 'manager': {'value': '" + by + "'}}";
  }

  private static JsonNode at(JsonNode operation) {
    var location = operation.path("location").asString("");
    return acme.get(location.substring(location.indexOf("/scim/v2") + 8)).json();
  }

  private static void assertFailed(JsonNode operation, int status, String type) {
    assertThat(operation.path("status").asString("")).as("%s", operation).isEqualTo("" + status);
    assertThat(operation.at("/response/schemas/0").asString("")).endsWith(":Error");
    assertThat(operation.at("/response/status").asString("")).isEqualTo("" + status);
    assertThat(operation.at("/response/scimType").asString("")).isEqualTo(type);
    assertThat(operation.at("/response/detail").asString("")).isNotBlank();
  }

  @Test
  void case123AllMethodsAreDoneAndToldOneByOne() {
    var old = acme.post("/Users", "{\"userName\": \"old@bulk\"}");
    var gone = acme.post("/Users", "{\"userName\": \"gone@bulk\"}").id();
    var results =
        done(
            user("u1", "new@bulk", ""),
            "{'method': 'PUT', 'path': '/Users/%s', 'version': 'W/\\\"1\\\"',".formatted(old.id())
                + " 'data': {'userName': 'old@bulk', 'title': 'T'}}",
            "{'method': 'patch', 'path': 'Users/%s', 'data': {'Operations': [".formatted(old.id())
                + "{'op': 'add', 'path': 'nickName', 'value': 'N'}]}}",
            "{'method': 'DELETE', 'path': '/Users/%s'}".formatted(gone));
    assertThat(results.valueStream().map(r -> r.path("status").asString("")))
        .containsExactly("201", "200", "200", "204");
    var made = results.get(0);
    assertThat(made.path("bulkId").asString("")).isEqualTo("u1");
    assertThat(made.path("method").asString("")).isEqualTo("POST");
    assertThat(made.path("version").asString("")).isEqualTo("W/\"1\"");
    assertThat(made.has("response")).isFalse();
    assertThat(at(made).path("userName").asString("")).isEqualTo("new@bulk");
    assertThat(results.get(2).path("version").asString("")).isEqualTo("W/\"3\"");
    assertThat(at(results.get(2)).path("title").asString("")).isEqualTo("T");
    assertThat(results.get(3).path("location").asString("")).endsWith("/Users/" + gone);
    assertThat(acme.get("/Users/" + gone).status()).isEqualTo(404);
  }

  @Test
  void referencesAreSolvedForwardsAndBackwards() {
    var results =
        done(
            group("g", "Refers", "bulkId:a", "bulkId:b", "bulkId:h"),
            user("a", "a@refers", ""),
            group("h", "Inner", "bulkId:a"),
            user("b", "b@refers", managed("bulkId:a")),
            "{'method': 'PATCH', 'path': '/Groups/bulkId:h', 'data': {'Operations': ["
                + "{'op': 'add', 'path': 'members', 'value': [{'value': 'bulkId:b'}]}]}}");
    assertThat(results.valueStream().map(r -> r.path("status").asString("")))
        .containsExactly("201", "201", "201", "201", "200");
    assertThat(at(results.get(0)).path("members").size()).isEqualTo(3);
    assertThat(at(results.get(2)).path("members").size()).isEqualTo(2);
    assertThat(at(results.get(3)).path(ENTERPRISE).at("/manager/value").asString(""))
        .isEqualTo(at(results.get(1)).path("id").asString("-"));
  }

  @Test
  void usersWhoManageEachOtherAreMadeInTwoSteps() {
    var results =
        done(
            user("x", "x@circle", managed("bulkId:y")), user("y", "y@circle", managed("bulkId:x")));
    assertThat(results.valueStream().map(r -> r.path("status").asString("")))
        .containsExactly("201", "201");
    var x = at(results.get(0));
    var y = at(results.get(1));
    assertThat(x.path(ENTERPRISE).at("/manager/value").asString(""))
        .isEqualTo(y.path("id").asString("-"));
    assertThat(y.path(ENTERPRISE).at("/manager/value").asString(""))
        .isEqualTo(x.path("id").asString("-"));
    assertThat(results.get(0).path("version").asString(""))
        .isEqualTo(x.path("meta").path("version").asString("-"));
  }

  @Test
  void groupsThatContainEachOtherAreRefusedAndNotMade() {
    var results =
        done(
            group("p", "Circle P", "bulkId:q"),
            group("q", "Circle Q", "bulkId:p"),
            user("z", "z@circle", ""));
    assertFailed(results.get(0), 409, "");
    assertFailed(results.get(1), 409, "");
    assertThat(results.get(0).has("location")).isFalse();
    assertThat(results.get(2).path("status").asString("")).isEqualTo("201");
    assertThat(acme.filter("/Groups", "displayName sw \"Circle \"").total()).isZero();
  }

  @Test
  void whatRefersToAFailedOrUnknownOneFailsToo() {
    var results =
        done(
            user("bad", "", ""),
            group("g1", "Depends", "bulkId:bad"),
            group("g2", "Dangles", "bulkId:nobody"),
            user("m", "m@depends", managed("bulkId:n")),
            user("n", "m@depends", managed("bulkId:m")));
    assertFailed(results.get(0), 400, "invalidValue");
    assertFailed(results.get(1), 409, "");
    assertFailed(results.get(2), 400, "invalidValue");
    assertFailed(results.get(3), 409, "");
    assertFailed(results.get(4), 409, "uniqueness");
    assertThat(at(results.get(3)).path("userName").asString("")).isEqualTo("m@depends");
    assertThat(acme.filter("/Groups", "displayName eq \"Depends\"").total()).isZero();
  }

  @Test
  void failOnErrorsEndsTheRequestEarly() {
    var operations =
        new String[] {
          user("1", "f1@fail", ""),
          user("2", "f1@fail", ""),
          user("3", "f1@fail", ""),
          user("4", "f4@fail", "")
        };
    var two = bulk(acme, "'failOnErrors': 2,", operations).json().path("Operations");
    assertThat(two.size()).isEqualTo(3);
    assertThat(acme.filter("/Users", "userName eq \"f4@fail\"").total()).isZero();
    var one = bulk(acme, "'failOnErrors': 1,", operations).json().path("Operations");
    assertThat(one.size()).isOne();
    assertFailed(one.get(0), 409, "uniqueness");
    var all = done(operations);
    assertThat(all.size()).isEqualTo(4);
    assertThat(all.get(3).path("status").asString("")).isEqualTo("201");
    for (var wrong : new String[] {"-1", "'x'", "1.5", "99999999999", "true"}) {
      assertThat(bulk(acme, "'failOnErrors': " + wrong + ",", operations[0]).text("/scimType"))
          .isEqualTo("invalidValue");
    }
  }

  @Test
  void eachOperationNeedsItsOwnRights() {
    var id = acme.post("/Users", "{\"userName\": \"rights@bulk\"}").id();
    var operations =
        new String[] {
          user("v", "viewer@bulk", ""),
          "{'method': 'DELETE', 'path': '/Users/" + id + "'}",
          group("g", "Of a viewer")
        };
    var viewer = bulk(acme.as(TestServer.VIEWER), "", operations).json().path("Operations");
    viewer.forEach(result -> assertFailed(result, 403, ""));
    var narrow = bulk(acme.as(TestServer.USERS_ONLY), "", operations).json().path("Operations");
    assertThat(narrow.valueStream().map(r -> r.path("status").asString("")))
        .containsExactly("201", "204", "403");
    assertThat(bulk(acme.as("wrong"), "", operations).status()).isEqualTo(401);
  }

  @Test
  void aStaleVersionStopsOneOperationOnly() {
    var id = acme.post("/Users", "{\"userName\": \"stale@bulk\"}").id();
    var patch =
        "{'method': 'PATCH', 'path': '/Users/%s', 'version': '%s', 'data': {'Operations': ["
            + "{'op': 'add', 'path': 'title', 'value': '%s'}]}}";
    var results =
        done(
            patch.formatted(id, "1", "one"),
            patch.formatted(id, "1", "two"),
            patch.formatted(id, "2", "three"),
            patch.formatted(id, "forged", "four"));
    assertThat(results.get(0).path("status").asString("")).isEqualTo("200");
    assertFailed(results.get(1), 412, "");
    assertThat(results.get(1).path("location").asString("")).endsWith(id);
    assertThat(results.get(2).path("status").asString("")).isEqualTo("200");
    assertFailed(results.get(3), 412, "");
    assertThat(acme.get("/Users/" + id).text("/title")).isEqualTo("three");
  }

  @Test
  void operationsThatAreNoneFailAlone() {
    var results =
        done(
            "5",
            "{}",
            "{'method': 'GET', 'path': '/Users'}",
            "{'method': 'POST', 'path': '/Bulk', 'bulkId': 'b', 'data': {}}",
            "{'method': 'POST', 'path': '/Users/.search', 'bulkId': 'c', 'data': {}}",
            "{'method': 'POST', 'path': '/Nothing', 'bulkId': 'd', 'data': {}}",
            "{'method': 'POST', 'path': '/Users', 'bulkId': 'e'}",
            "{'method': 'DELETE', 'path': '/Users'}",
            "{'method': 'DELETE', 'path': '/Users/" + UUID.randomUUID() + "'}",
            "{'method': 'POST', 'path': ['/Users'], 'bulkId': 7, 'data': 'x'}",
            user("f", "alone@bulk", ""));
    var expected =
        new String[] {"400", "400", "400", "400", "400", "404", "400", "405", "404", "400", "201"};
    assertThat(results.valueStream().map(r -> r.path("status").asString("")))
        .containsExactly(expected);
  }

  @Test
  void theLimitsAreToldAndHeld() {
    var config = acme.get("/ServiceProviderConfig").json();
    assertThat(config.at("/bulk/supported").asBoolean(false)).isTrue();
    assertThat(config.at("/bulk/maxOperations").asInt(0)).isEqualTo(1000);
    assertThat(config.at("/bulk/maxPayloadSize").asInt(0)).isEqualTo(1 << 20);
    var many = Collections.nCopies(10_000, "{'method':'DELETE','path':'/Users/1'}");
    var tooMany = bulk(acme, "", many.toArray(String[]::new));
    assertThat(tooMany.status()).isEqualTo(413);
    assertThat(tooMany.text("/detail")).contains("maxOperations").contains("1000");
    var tooLarge = bulk(acme, "'x': '" + "y".repeat(1 << 20) + "',", "{}");
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.text("/detail")).contains("maxPayloadSize").contains("1048576");
  }

  @Test
  void aRequestThatIsNoneIsRefusedAsAWhole() {
    assertThat(acme.post("/Bulk", "{}").text("/scimType")).isEqualTo("invalidSyntax");
    assertThat(acme.post("/Bulk", "[]").text("/scimType")).isEqualTo("invalidSyntax");
    assertThat(bulk(acme, "").text("/scimType")).isEqualTo("invalidSyntax");
    assertThat(acme.get("/Bulk").status()).isEqualTo(405);
    assertThat(acme.get("/Bulk").header("Allow")).isEqualTo("POST");
    assertThat(acme.post("/Bulk/x", "{}").status()).isEqualTo(404);
    var cloud = server.scim(TestServer.CLOUD);
    assertThat(cloud.post("/Bulk", "{}").status()).isEqualTo(501);
    assertThat(cloud.get("/ServiceProviderConfig").json().at("/bulk/supported").asBoolean(true))
        .isFalse();
  }
}
