package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Header fields, statuses and what a service provider says about itself.
class WireTest {
  private static TestServer server;
  private static Calls acme;
  private static int made;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer user() {
    return acme.post("/Users", "{\"userName\": \"wire%d@x\", \"title\": \"T\"}".formatted(made++));
  }

  private static Answer group() {
    return acme.post("/Groups", "{\"displayName\": \"Wire %d\"}".formatted(made++));
  }

  private static void assertAddressed(Answer answer, String location) {
    assertThat(answer.header("Location")).isEqualTo(location);
    assertThat(answer.header("Content-Location")).isEqualTo(location);
    if (!answer.response().body().isEmpty()) {
      assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    }
  }

  @Test
  void everyAnswerAboutOneResourceTellsItsAddressAndVersion() {
    for (var made : List.of(user(), group())) {
      var location = made.text("/meta/location");
      assertThat(location).startsWith("http://127.0.0.1:").endsWith(made.id());
      var path = location.substring(location.indexOf("/scim/v2") + 8);
      var name = path.startsWith("/Users") ? "userName" : "displayName";
      var put = "{\"%s\": \"put %d\"}".formatted(name, WireTest.made++);
      var operation = "{\"op\": \"add\", \"path\": \"externalId\", \"value\": \"e\"}";
      for (var answer :
          List.of(
              made,
              acme.get(path),
              acme.get(path + "?attributes=id"),
              acme.put(path, put),
              acme.change(path, operation),
              acme.as(TestServer.QUIET).change(path, operation),
              acme.with("If-None-Match", "*").get(path))) {
        assertAddressed(answer, location);
        assertThat(answer.header("ETag")).matches("W/\"[0-9]+\"");
      }
    }
    var config = acme.get("/ServiceProviderConfig");
    assertAddressed(config, config.text("/meta/location"));
    assertAddressed(
        acme.get("/ResourceTypes/User"),
        server.address("/acme/scim/v2/ResourceTypes/User").toString());
  }

  @Test
  void aClientMayWantNothingAfterAPatch() {
    var path = "/Users/" + user().id();
    var quiet = acme.as(TestServer.QUIET);
    var operation = "{\"op\": \"add\", \"path\": \"title\", \"value\": \"%s\"}";
    var bare = quiet.change(path, operation.formatted("quiet"));
    assertThat(bare.status()).isEqualTo(204);
    assertThat(bare.response().body()).isEmpty();
    assertThat(bare.header("ETag")).isEqualTo("W/\"2\"");
    assertThat(acme.get(path).text("/title")).isEqualTo("quiet");
    var asked = quiet.change(path + "?attributes=title", operation.formatted("asked"));
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.text("/title")).isEqualTo("asked");
    assertThat(quiet.put(path, "{\"userName\": \"put-by-quiet@x\"}").status()).isEqualTo(200);
    var group = "/Groups/" + group().id();
    assertThat(quiet.change(group, operation.replace("title", "externalId")).status())
        .isEqualTo(204);
    assertThat(acme.change(path, operation.formatted("loud")).status()).isEqualTo(200);
  }

  @Test
  void preconditionsHoldForEveryMethod() {
    var path = "/Users/" + user().id();
    var body = "{\"userName\": \"conditional%d@x\"}".formatted(made++);
    var operation = "{\"op\": \"add\", \"path\": \"title\", \"value\": \"x\"}";
    for (var field : List.of("W/\"1\"", "*", "\"7\", W/\"1\"")) {
      assertThat(acme.with("If-None-Match", field).get(path).status()).isEqualTo(304);
      assertThat(acme.with("If-None-Match", field).send("HEAD", path, "").status()).isEqualTo(304);
      assertThat(acme.with("If-None-Match", field).put(path, body).status()).isEqualTo(412);
      assertThat(acme.with("If-None-Match", field).change(path, operation).status()).isEqualTo(412);
      assertThat(acme.with("If-None-Match", field).delete(path).status()).isEqualTo(412);
    }
    assertThat(acme.with("If-Match", "*").change(path, operation).status()).isEqualTo(200);
    assertThat(acme.with("If-None-Match", "W/\"1\"").put(path, body).status()).isEqualTo(200);
    assertThat(acme.with("If-Match", "W/\"2\"").put(path, body).status()).isEqualTo(412);
    assertThat(acme.with("If-Match", "\"9\", W/\"3\"").delete(path).status()).isEqualTo(204);
    var group = "/Groups/" + group().id();
    assertThat(acme.with("If-None-Match", "W/\"1\"").delete(group).status()).isEqualTo(412);
    assertThat(acme.with("If-Match", "W/\"1\"").delete(group).status()).isEqualTo(204);
  }

  @Test
  void headIsGetWithoutItsBody() {
    var path = "/Users/" + user().id();
    for (var each : List.of(path, "/Users", "/Groups?count=1", "/Schemas", "/")) {
      var get = acme.get(each);
      var head = acme.send("HEAD", each, "");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.response().body()).isEmpty();
      for (var field : List.of("Content-Type", "Content-Length", "ETag", "Location")) {
        assertThat(head.header(field)).as(each + " " + field).isEqualTo(get.header(field));
      }
    }
    assertThat(acme.send("HEAD", "/Users/nobody", "").status()).isEqualTo(404);
    assertThat(acme.as("wrong").send("HEAD", path, "").status()).isEqualTo(401);
  }

  @Test
  void projectionHoldsForEveryAnswerWithAResource() {
    var body = "{\"userName\": \"projected%d@x\", \"title\": \"T\", \"nickName\": \"N\"}";
    var post = acme.post("/Users?attributes=title", body.formatted(made++));
    assertThat(post.json().propertyNames()).containsExactlyInAnyOrder("schemas", "id", "title");
    var path = "/Users/" + post.id();
    var put = acme.put(path + "?excludedAttributes=title,meta", body.formatted(made++));
    assertThat(put.json().has("title")).isFalse();
    assertThat(put.json().has("meta")).isFalse();
    assertThat(put.json().has("nickName")).isTrue();
    var several = acme.get(path + "?attributes=title&attributes=nickName");
    assertThat(several.json().propertyNames())
        .containsExactlyInAnyOrder("schemas", "id", "title", "nickName");
    var both = acme.get(path + "?attributes=title&excludedAttributes=nickName");
    assertThat(both.text("/scimType")).isEqualTo("invalidValue");
    var group = acme.post("/Groups?excludedAttributes=displayName", "{\"displayName\": \"P\"}");
    assertThat(group.status()).isEqualTo(201);
    assertThat(group.json().has("displayName")).isFalse();
  }

  @Test
  void aPatchWithoutAPathMayHaveANullPathOrAListOfOne() {
    var path = "/Users/" + user().id();
    var patched =
        acme.change(
            path,
            "{\"op\": \"replace\", \"path\": null, \"value\": {\"title\": \"null path\"}}",
            "{\"op\": \"add\", \"value\": [{\"nickName\": \"listed\"}]}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.text("/title")).isEqualTo("null path");
    assertThat(patched.text("/nickName")).isEqualTo("listed");
  }

  @Test
  void aMethodThatIsNotPossibleIsToldWithThoseThatAre() {
    var user = "/Users/" + user().id();
    assertThat(acme.send("PUT", "/Users", "{}").header("Allow")).isEqualTo("GET, HEAD, POST");
    assertThat(acme.send("POST", user, "{}").header("Allow"))
        .isEqualTo("GET, HEAD, PUT, PATCH, DELETE");
    assertThat(acme.get("/Users/.search").header("Allow")).isEqualTo("POST");
    assertThat(acme.get("/.search").header("Allow")).isEqualTo("POST");
    assertThat(acme.send("DELETE", "/Schemas", "").header("Allow")).isEqualTo("GET, HEAD");
    assertThat(server.scim(TestServer.CLOUD).post("/Groups", "{}").header("Allow"))
        .isEqualTo("GET, HEAD");
  }

  @Test
  void theServiceProviderConfigTellsWhatThereIs() {
    var config = acme.get("/ServiceProviderConfig").json();
    for (var feature : List.of("patch", "bulk", "filter", "sort", "etag")) {
      assertThat(config.path(feature).path("supported").asBoolean(false)).as(feature).isTrue();
    }
    assertThat(config.at("/pagination/cursor").asBoolean(false)).isTrue();
    assertThat(config.at("/pagination/index").asBoolean(false)).isTrue();
    assertThat(config.at("/pagination/defaultPaginationMethod").asString("")).isEqualTo("index");
    assertThat(config.at("/pagination/defaultPageSize").asInt(0)).isEqualTo(100);
    assertThat(config.at("/pagination/maxPageSize").asInt(0)).isEqualTo(1000);
    assertThat(config.at("/pagination/cursorTimeout").asInt(0)).isEqualTo(3600);
    var schema =
        acme.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig").json();
    var known =
        schema.path("attributes").valueStream().map(a -> a.path("name").asString("")).toList();
    for (var name : config.propertyNames()) {
      if (!name.equals("schemas") && !name.equals("meta")) assertThat(known).contains(name);
    }
    var cloud = server.scim(TestServer.CLOUD).get("/ServiceProviderConfig").json();
    assertThat(cloud.at("/sort/supported").asBoolean(true)).isFalse();
    assertThat(cloud.has("pagination")).isFalse();
  }

  @Test
  void outsideOfAllEndpointsIsNotFoundInTheSameForm() {
    var answer = new Calls(server, "", "", List.of()).get("/no/such/place");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.text("/schemas/0")).endsWith(":Error");
    var method = new Calls(server, "", "", List.of()).get("/acme/oauth/token");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).isEqualTo("POST");
    assertThat(method.text("/status")).isEqualTo("405");
  }
}
