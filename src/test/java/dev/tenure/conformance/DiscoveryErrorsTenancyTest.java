package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.organization.limit.RateLimit;
import dev.tenure.organization.limit.RateLimits;
import dev.tenure.scim.schema.Schema;
import dev.tenure.signal.EventType;
import dev.tenure.signal.MovableClock;
import dev.tenure.signal.SignalWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// C3, cases 114 to 124: discovery, errors, limits and tenancy.
class DiscoveryErrorsTenancyTest extends Conformance {
  private static final String META = "urn:ietf:params:scim:schemas:core:2.0:";
  private static final List<String> DISCOVERY =
      List.of("/ServiceProviderConfig", "/Schemas", "/ResourceTypes");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static void assertDocument(JsonNode document, String type) {
    assertThat(document.path("schemas").toString()).isEqualTo("[\"" + META + type + "\"]");
    assertThat(document.at("/meta/resourceType").asString("")).isEqualTo(type);
    assertThat(document.at("/meta/location").asString("")).startsWith("http://");
  }

  private static void assertList(Answer list, String type, Calls calls) {
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text("/schemas/0"))
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    var resources = list.json().path("Resources");
    assertThat(list.total()).isEqualTo(resources.size()).isGreaterThan(1);
    for (var resource : resources) {
      assertDocument(resource, type);
      var location = resource.at("/meta/location").asString("");
      var one = calls.get(location.substring(location.indexOf("/scim/v2") + 8));
      assertThat(one.status()).isEqualTo(200);
      assertThat(one.json()).isEqualTo(resource);
      assertThat(one.header("Content-Type")).isEqualTo("application/scim+json");
    }
  }

  @Test
  @DisplayName("C3/114 discovery: 200, lists as ListResponse, each with schemas and meta")
  void case114_whatThereIs() {
    for (var calls : both()) {
      var config = calls.get("/ServiceProviderConfig");
      assertThat(config.status()).isEqualTo(200);
      assertDocument(config.json(), "ServiceProviderConfig");
      for (var feature : List.of("patch", "filter", "sort", "etag", "bulk")) {
        assertThat(config.json().path(feature).path("supported").toString()).isEqualTo("true");
      }
      assertThat(config.json().at("/changePassword/supported").toString()).isEqualTo("false");
      assertThat(config.text("/authenticationSchemes/0/type")).isEqualTo("oauthbearertoken");
      assertList(calls.get("/Schemas"), "Schema", calls);
      assertList(calls.get("/ResourceTypes"), "ResourceType", calls);
      assertThat(texts(calls.get("/Schemas").json().path("Resources"), "id"))
          .contains(Schema.USER, Schema.GROUP, ENTERPRISE);
      assertThat(calls.get("/ResourceTypes/User").text("/schema")).isEqualTo(Schema.USER);
      assertError(calls.get("/Schemas/urn:nosuch"), 404, "");
      assertError(calls.get("/ResourceTypes/Nosuch"), 404, "");
    }
  }

  @Test
  @DisplayName("C3/115 discovery with a filter: 403; with paging: ignored")
  void case115_discoveryIsNotSearched() {
    for (var calls : both()) {
      for (var path : DISCOVERY) {
        assertError(calls.get(path + "?filter=id+pr"), 403, "");
        var whole = calls.get(path).json();
        var query = "?startIndex=2&count=1&sortBy=name&sortOrder=descending";
        assertThat(calls.get(path + query).json()).isEqualTo(whole);
      }
    }
  }

  @Test
  @DisplayName("C3/116 write to discovery: 405 with Allow; /Me: 501")
  void case116_discoveryIsNotWritten() {
    for (var calls : both()) {
      for (var path : DISCOVERY) {
        for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
          var answer = calls.send(method, path, "{}");
          assertError(answer, 405, "");
          assertThat(answer.header("Allow")).contains("GET");
        }
      }
      for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        assertError(calls.send(method, "/Me", "{}"), 501, "");
      }
    }
  }

  @Test
  @DisplayName("C3/117 every error: Error schema, status as text, no stack trace")
  void case117_errorsAreErrors() {
    for (var calls : both()) {
      var user = path(user(calls, ""));
      assertError(calls.post("/Users", "{"), 400, "invalidSyntax");
      assertError(calls.get("/Nothing"), 404, "");
      assertError(calls.get("/Users/1/2/3"), 404, "");
      assertError(calls.send("FOO", "/Users", ""), 405, "");
      assertError(calls.delete("/Users"), 405, "");
      assertError(calls.with("If-Match", "W/\"77\"").delete(user), 412, "");
      assertError(calls.with("Content-Type", "text/xml").post("/Users", "<a/>"), 415, "");
      assertError(calls.post("/Users", "{\"a\": \"" + "x".repeat(5_000_000) + "\"}"), 413, "");
      assertError(
          calls.post("/Users", "[".repeat(1_000) + "]".repeat(1_000)), 400, "invalidSyntax");
      assertError(calls.get("/Users?count=many"), 400, "invalidValue");
      assertError(calls.get("/Users?startIndex=1.5"), 400, "invalidValue");
      assertError(calls.filter("/Users", "((("), 400, "invalidFilter");
    }
  }

  @Test
  @DisplayName("C3/118 no, expired, foreign token: 401 with WWW-Authenticate; wrong scope: 403")
  void case118_whoMayComeIn() {
    var clock = new MovableClock();
    try (var world = TestServer.start(configs(), clock)) {
      var calls = world.acme();
      assertThat(calls.get("/Users").status()).isEqualTo(200);
      var foreign = world.scim(TestServer.OTHER).token();
      for (var token : List.of("", "wrong", "tnr_acme_" + "x".repeat(43), foreign)) {
        assertUnauthorized(calls.as(token).get("/Users"));
        assertUnauthorized(calls.as(token).post("/Users", body(name(), "")));
        assertUnauthorized(calls.as(token).get("/Schemas"));
      }
      assertUnauthorized(calls.as("").with("Authorization", "Basic YTpi").get("/Users"));
      clock.forward(Duration.ofHours(2));
      assertUnauthorized(calls.get("/Users"));
      assertThat(world.acme().get("/Users").total()).as("nobody was made").isZero();
      assertError(calls.as(TestServer.USERS_ONLY).get("/Groups"), 403, "");
      assertError(calls.as(TestServer.USERS_ONLY).post("/Groups", groupBody("No")), 403, "");
      assertError(calls.as(TestServer.VIEWER).post("/Users", body(name(), "")), 403, "");
      assertThat(calls.as(TestServer.VIEWER).get("/Users").total()).isZero();
    }
  }

  private static void assertUnauthorized(Answer answer) {
    assertError(answer, 401, "");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  @DisplayName("C3/119 an id of another organization: 404")
  void case119_anotherOrganizationsIdIsUnknown() {
    var theirs = server.scim(TestServer.OTHER);
    var member = user(theirs, "'title': 'T'");
    var group = group(theirs, member.id());
    var user = theirs.get(path(member));
    for (var resource : List.of(user, group)) {
      var path = path(resource);
      for (var calls : both()) {
        assertError(calls.get(path), 404, "");
        assertError(calls.delete(path), 404, "");
        assertError(calls.change(path, op("add", "externalId", "'X'")), 404, "");
        var put = path(resource).startsWith("/Users") ? body(name(), "") : groupBody("Mine");
        assertError(calls.put(path, put), 404, "");
        var type = path.substring(0, path.lastIndexOf('/'));
        assertThat(calls.filter(type, "id eq \"" + resource.id() + "\"").total()).isZero();
        var unknown = calls.get(type + "/" + UUID.randomUUID()).text("/detail");
        assertThat(calls.get(path).text("/detail").replaceAll("[0-9a-f-]{36}", "ID"))
            .isEqualTo(unknown.replaceAll("[0-9a-f-]{36}", "ID"));
      }
      assertSame(theirs, resource);
    }
  }

  @Test
  @DisplayName("C3/120 over the rate: 429 with Retry-After, RateLimit, no-store")
  void case120_tooManyRequests() {
    var limit = new RateLimit(60, 2, false);
    var limits = new RateLimits(RateLimit.usual(false), Map.of("test", limit), false);
    try (var limited = TestServer.start(configs())) {
      limited.organizations().budgets().declare(TestServer.ACME, limits);
      var calls = limited.acme();
      var answers = new ArrayList<Answer>();
      for (int i = 0; i < 12; i++) answers.add(calls.get("/Users?count=0"));
      assertThat(answers.getFirst().status()).isEqualTo(200);
      assertThat(answers.getFirst().header("RateLimit")).startsWith("\"client\";r=1;");
      var refused = answers.stream().filter(a -> a.status() != 200).toList();
      assertThat(refused).hasSizeBetween(5, 10);
      for (var answer : refused) {
        assertError(answer, 429, "");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.header("RateLimit")).matches("\"client\";r=0;t=[0-9]+");
        assertThat(answer.header("RateLimit-Policy")).matches("\"client\";q=2;w=[0-9]+");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      }
      assertThat(limited.scim(STRICT).get("/Users").status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("C3/121 25 requests a second for 20 seconds' worth: no 429")
  void case121_aClientAsBusyAsEntra() {
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 25 * 20; i++) statuses.add(strict.get("/Users?count=0").status());
    assertThat(statuses).hasSize(500).containsOnly(200);
  }

  @Test
  @DisplayName("C3/122 GET /Groups and a filtered GET /Users: answered, and soon")
  void case122_answeredSoon() {
    for (var calls : both()) {
      var user = user(calls, "");
      var group = group(calls, user.id());
      long before = System.nanoTime();
      assertThat(ids(calls.get("/Groups?count=1000"))).contains(group.id());
      assertThat(found(calls, "userName eq '" + user.text("/userName") + "'"))
          .containsExactly(user.id());
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE);
    }
  }

  @Test
  @DisplayName("C3/123 Bulk: 501 where it is not supported, else bulkId, failOnErrors and 413")
  void case123_bulk() {
    var genesys = server.scim(TestServer.CLOUD);
    assertThat(genesys.get("/ServiceProviderConfig").json().at("/bulk/supported").toString())
        .isEqualTo("false");
    assertError(bulk(genesys, "", create("Users", "a", "{'userName': 'x'}")), 501, "");
    for (var calls : both()) {
      var config = calls.get("/ServiceProviderConfig").json().path("bulk");
      var user = create("Users", "u", body(name(), ""));
      var group = create("Groups", "g", groupBody("Bulk " + name(), "bulkId:u"));
      var done = bulk(calls, "", group, user);
      assertThat(done.status()).as(done.response().body()).isEqualTo(200);
      assertThat(done.text("/schemas/0"))
          .isEqualTo("urn:ietf:params:scim:api:messages:2.0:BulkResponse");
      assertThat(texts(done.json().path("Operations"), "status")).containsExactly("201", "201");
      var made = done.text("/Operations/0/location");
      var member = done.text("/Operations/1/location");
      var path = made.substring(made.indexOf("/scim/v2") + 8);
      assertThat(calls.get(path).text("/members/0/$ref")).isEqualTo(member);
      assertFailOnErrors(calls);
      var operations = new String[config.path("maxOperations").asInt() + 1];
      java.util.Arrays.fill(operations, user);
      assertTooLarge(bulk(calls, "", operations), config.path("maxOperations"));
      var blanks = " ".repeat(config.path("maxPayloadSize").asInt());
      assertTooLarge(bulk(calls, blanks, user), config.path("maxPayloadSize"));
    }
  }

  private static void assertTooLarge(Answer answer, JsonNode limit) {
    assertError(answer, 413, "");
    assertThat(answer.text("/detail")).contains(limit.toString());
  }

  private static void assertFailOnErrors(Calls calls) {
    var good = body(name(), "");
    var bad = quoted("{'schemas': ['" + Schema.USER + "']}");
    var done =
        bulk(calls, "'failOnErrors': 1, ", create("Users", "a", bad), create("Users", "b", good));
    assertThat(done.status()).isEqualTo(200);
    assertThat(texts(done.json().path("Operations"), "status")).containsExactly("400");
    assertThat(done.text("/Operations/0/response/scimType")).isEqualTo("invalidValue");
    assertThat(done.json().at("/Operations/0").has("location")).isFalse();
    var name = good.replaceAll(".*\"userName\": \"([^\"]*)\".*", "$1");
    assertThat(found(calls, "userName eq '" + name + "'")).isEmpty();
  }

  @Test
  @DisplayName("C3/124 POST with Prefer: respond-async: the usual 201")
  void case124_nothingIsDoneLater() {
    for (var calls : both()) {
      var config = calls.get("/ServiceProviderConfig").json();
      assertThat(config.has("securityEvents")).as("nobody listens").isFalse();
      var made = calls.with("Prefer", "respond-async").post("/Users", body(name(), ""));
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.header("Preference-Applied")).isEmpty();
      assertThat(made.header("Set-Txn")).isEmpty();
      assertSame(calls, made);
    }
    try (var world = new SignalWorld()) {
      world.receiver(TestServer.ACME).polled(EventType.DEACTIVATE);
      var events = world.acme().get("/ServiceProviderConfig").json().path("securityEvents");
      assertThat(events.path("asyncRequest").asString("")).isEqualTo("none");
      assertThat(events.path("eventUris").toString()).contains(EventType.DEACTIVATE.uri());
    }
  }
}
