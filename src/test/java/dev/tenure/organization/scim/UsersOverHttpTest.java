package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.ScimJson;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The conformance cases of `clients-and-standards.md` C3 about users (their numbers in comments).
class UsersOverHttpTest {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
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

  private static String name() {
    return "user" + made++ + "@example.com";
  }

  private static String body(String userName, String more) {
    return """
    {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"%s}\
    """
        .formatted(userName, more.isEmpty() ? "" : ", " + more);
  }

  private static Answer made(String more) {
    var answer = acme.post("/Users", body(name(), more));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer;
  }

  private static void assertError(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.text("/schemas/0")).endsWith(":Error");
    assertThat(answer.text("/status")).isEqualTo(String.valueOf(status));
    assertThat(answer.text("/scimType")).isEqualTo(type);
    assertThat(answer.text("/detail")).isNotBlank();
  }

  @Test // 1
  void aMinimalUserIsCreatedWithIdMetaAndLocation() {
    var answer = made("");
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.text("/meta/resourceType")).isEqualTo("User");
    assertThat(answer.text("/meta/created")).isEqualTo(answer.text("/meta/lastModified"));
    assertThat(answer.header("Location"))
        .isEqualTo(answer.text("/meta/location"))
        .isEqualTo(answer.header("Content-Location"))
        .isEqualTo(server.address("/acme/scim/v2/Users/" + answer.id()).toString());
    assertThat(answer.header("ETag")).isEqualTo("W/\"1\"").isEqualTo(answer.text("/meta/version"));
    assertThat(acme.get("/Users/" + answer.id()).json()).isEqualTo(answer.json());
  }

  @Test // 2
  void whatIsReadOnlyIsIgnoredOnCreation() {
    var answer = made("\"id\": \"mine\", \"meta\": {\"version\": \"x\"}, \"groups\": []");
    assertThat(answer.id()).isNotEqualTo("mine");
    assertThat(answer.text("/meta/version")).isEqualTo("W/\"1\"");
  }

  @Test // 3, 15
  void badBodiesAreRefusedWithTheirKeyword() {
    assertError(acme.post("/Users", "{\"schemas\": []}"), 400, "invalidValue");
    assertError(acme.post("/Users", "{\"userName\""), 400, "invalidSyntax");
    assertError(acme.with("Content-Type", "text/plain").post("/Users", "x"), 415, "");
    var json = acme.with("Content-Type", "application/json; charset=utf-8");
    assertThat(json.post("/Users", body(name(), "")).status()).isEqualTo(201);
  }

  @Test // 6
  void anExtensionThatIsNotInSchemasIsThereInTheAnswer() {
    var answer = made("\"" + ENTERPRISE + "\": {\"department\": \"Salés\"}");
    assertThat(answer.json().path("schemas").toString()).contains(ENTERPRISE);
    assertThat(answer.json().path(ENTERPRISE).path("department").asString("")).isEqualTo("Salés");
  }

  @Test // 7, 8
  void theSameUserNameInAnyLetterCaseIsAConflict() {
    var userName = name();
    acme.post("/Users", body(userName, ""));
    assertError(acme.post("/Users", body(userName, "")), 409, "uniqueness");
    assertError(
        acme.post("/Users", body(userName.toUpperCase(Locale.ROOT), "")), 409, "uniqueness");
  }

  @Test // 9, 27
  void aDeletedUserIsGoneAndItsNameIsFree() {
    var userName = name();
    var first = acme.post("/Users", body(userName, ""));
    assertThat(acme.delete("/Users/" + first.id()).status()).isEqualTo(204);
    assertError(acme.get("/Users/" + first.id()), 404, "");
    assertError(acme.delete("/Users/" + first.id()), 404, "");
    var second = acme.post("/Users", body(userName, ""));
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test // 10
  void externalIdsMayRepeatInTheStandardProfile() {
    made("\"externalId\": \"twice\"");
    made("\"externalId\": \"twice\"");
    assertThat(acme.filter("/Users", "externalId eq \"twice\"").total()).isEqualTo(2);
    assertThat(acme.filter("/Users", "externalId eq \"Twice\"").total()).isZero(); // 30
  }

  @Test // 11, 12, 14
  void dialectsAreUnderstoodAndSecretsNeverReturned() {
    var answer =
        made("\"active\": \"True\", \"title\": null, \"emails\": [], \"password\": \"hush-hush\"");
    assertThat(answer.json().path("active").booleanValue()).isTrue();
    assertThat(answer.json().has("title")).isFalse();
    assertThat(answer.json().has("emails")).isFalse();
    assertThat(answer.response().body()).doesNotContain("hush");
    var stored =
        server
            .database()
            .jdbi()
            .withHandle(h ->
                h.createQuery(
                        "select count(*) from scim_user where organization = 'acme'"
                            + " and cast(document as text) like '%hush%'")
                    .mapTo(int.class)
                    .one());
    assertThat(stored).isZero();
  }

  @Test // 16, 17
  void etagsAreComparedOnGet() {
    var user = made("");
    assertThat(acme.get("/Users/" + user.id()).header("ETag")).isEqualTo("W/\"1\"");
    var same = acme.with("If-None-Match", "W/\"1\"").get("/Users/" + user.id());
    assertThat(same.status()).isEqualTo(304);
    assertThat(acme.with("If-None-Match", "W/\"2\"").get("/Users/" + user.id()).status())
        .isEqualTo(200);
    assertError(acme.get("/Users/nobody"), 404, "");
  }

  @Test // 18, 19, 20, 21, 22, 24
  void projectionsGiveWhatIsAskedFor() {
    var more =
        "\"name\": {\"givenName\": \"A\", \"familyName\": \"B\"}, \""
            + ENTERPRISE
            + "\": {\"department\": \"D\", \"costCenter\": \"C\"}";
    var path = "/Users/" + made(more).id();
    var userName = acme.get(path + "?attributes=userName").json();
    assertThat(userName.has("id")).isTrue();
    assertThat(userName.has("userName")).isTrue();
    assertThat(userName.has("name")).isFalse();
    var rest = acme.get(path + "?excludedAttributes=id,name").json();
    assertThat(rest.has("id")).isTrue();
    assertThat(rest.has("name")).isFalse();
    assertThat(acme.get(path + "?attributes=name.givenName").json().path("name").toString())
        .isEqualTo("{\"givenName\":\"A\"}");
    var extension =
        acme.get(path + "?attributes=" + ENTERPRISE + ":department").json().path(ENTERPRISE);
    assertThat(extension.toString()).isEqualTo("{\"department\":\"D\"}");
    assertThat(acme.get(path + "?aadOptscim062020=true").json().has("name")).isTrue();
  }

  @Test // 28, 29, 31, 32, 34, 35, 36, 40
  void filtersFindTheRightUsers() {
    var mark = "mark" + made++;
    made(
        "\"title\": \""
            + mark
            + "\", \"emails\": [{\"type\": \"work\", \"value\": \""
            + mark
            + "@work.example\"}, {\"type\": \"home\", \"value\": \""
            + mark
            + "@home.example\"}]");
    var one = "title eq \"" + mark + "\"";
    assertThat(acme.filter("/Users", "userName eq \"nobody\"").total()).isZero();
    assertThat(acme.filter("/Users", "TITLE Eq \"" + mark.toUpperCase(Locale.ROOT) + "\"").total())
        .isOne();
    assertThat(
            acme.filter("/Users", "emails[type eq \"work\"].value eq \"" + mark + "@work.example\"")
                .total())
        .isOne();
    assertThat(
            acme.filter("/Users", one + " and emails[type eq \"work\" and value co \"@home\"]")
                .total())
        .isZero();
    assertThat(acme.filter("/Users", "emails co \"" + mark + "@WORK\"").total()).isOne(); // 33
    assertThat(acme.filter("/Users", "urn:ietf:params:scim:schemas:core:2.0:User:" + one).total())
        .isOne();
    assertThat(acme.filter("/Users", one + " and active eq \"True\"").total()).isOne();
    assertThat(acme.filter("/Users", one + " and not (title pr)").total()).isZero();
    assertThat(acme.filter("/Users", one + " or userName pr and title eq \"none\"").total())
        .isOne();
  }

  @Test // 37, 38, 39, 41, 43, 44
  void oddFiltersAreAnsweredAsTheyShould() {
    var user = made("\"title\": \"back\\\\slash %_ \\u00e9\"");
    var at = user.text("/meta/lastModified");
    assertThat(acme.filter("/Users", "meta.lastModified eq \"" + at + "\"").total()).isPositive();
    assertThat(acme.filter("/Users", "meta.lastModified gt \"2999-01-01T00:00:00+02:00\"").total())
        .isZero();
    assertThat(acme.filter("/Users", "title eq \"back\\\\slash %_ \\u00e9\"").total()).isOne();
    assertThat(acme.filter("/Users", "title sw \"back\\\\slash %_\"").total()).isOne();
    assertThat(acme.filter("/Users", "title sw \"b%\"").total()).isZero();
    assertError(acme.filter("/Users", "active gt true"), 400, "invalidFilter");
    assertError(acme.filter("/Users", "userName regex \"a\""), 400, "invalidFilter");
    assertThat(acme.filter("/Users", "nosuch eq \"x\"").total()).isZero();
    assertThat(acme.filter("/Users", "password pr").total()).isZero();
  }

  @Test // 45, 46, 48, 49, 51
  void pagesHaveTheirBounds() {
    made("");
    made("");
    var all = acme.get("/Users").total();
    assertThat(acme.get("/Users?startIndex=0&count=1").json().path("startIndex").intValue())
        .isOne();
    var none = acme.get("/Users?count=0").json();
    assertThat(none.path("totalResults").longValue()).isEqualTo(all);
    assertThat(none.path("Resources").size()).isZero();
    assertThat(acme.get("/Users?count=-1").json().path("itemsPerPage").intValue()).isZero();
    var beyond = acme.get("/Users?startIndex=100000").json();
    assertThat(beyond.path("totalResults").longValue()).isEqualTo(all);
    assertThat(beyond.path("Resources").size()).isZero();
    var search = acme.post("/Users/.search", "{\"count\": 1, \"startIndex\": 2}");
    assertThat(search.json()).isEqualTo(acme.get("/Users?count=1&startIndex=2").json());
  }

  @Test // 47
  void pagesWalkAllUsersOnceInTheOrderOfCreation() {
    var mark = "walk" + made++;
    var expected = new java.util.ArrayList<String>();
    for (int i = 0; i < 25; i++) expected.add(made("\"title\": \"" + mark + "\"").id());
    var walked = new java.util.ArrayList<String>();
    for (int start = 1; start <= 25; start += 10) {
      acme.get("/Users?filter=title+eq+%22" + mark + "%22&count=10&startIndex=" + start)
          .json()
          .path("Resources")
          .forEach(user -> walked.add(user.path("id").asString("")));
    }
    assertThat(walked).isEqualTo(expected);
  }

  @Test // 57, 58, 59, 60, 61, 62, 65, 67
  void putReplacesWhatThereIs() {
    var user = made("\"title\": \"T\", \"active\": false, \"emails\": [{\"value\": \"a@b.c\"}]");
    var path = "/Users/" + user.id();
    var userName = user.text("/userName");
    var replaced = acme.put(path, body(userName, "\"id\": \"x\", \"nickName\": \"N\""));
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.header("ETag")).isEqualTo("W/\"2\"");
    assertThat(replaced.id()).isEqualTo(user.id());
    assertThat(replaced.json().has("title")).isFalse();
    assertThat(replaced.json().path("active").asBoolean(true)).isFalse();
    var again = acme.put(path, body(userName, "\"nickName\": \"N\", \"emails\": []"));
    assertThat(again.text("/meta/version")).isEqualTo("W/\"2\"");
    assertThat(again.json()).isEqualTo(acme.get(path).json());
    assertError(acme.put(path, "{\"schemas\": []}"), 400, "invalidValue");
    assertError(acme.put("/Users/" + java.util.UUID.randomUUID(), body(name(), "")), 404, "");
    assertError(acme.with("If-Match", "W/\"1\"").put(path, body(userName, "")), 412, "");
  }

  @Test // 63
  void putToATakenNameIsAConflict() {
    var first = made("");
    var second = made("");
    var answer = acme.put("/Users/" + second.id(), body(first.text("/userName"), ""));
    assertError(answer, 409, "uniqueness");
    assertThat(answer.text("/detail")).contains(first.id());
  }

  @Test // 68, 69, 70, 73, 82, 83, 89, 94, 95
  void patchChangesWhatItNames() {
    var user = made("\"title\": \"T\"");
    var path = "/Users/" + user.id();
    var same = acme.change(path, "{\"op\": \"add\", \"path\": \"title\", \"value\": \"T\"}");
    assertThat(same.json()).isEqualTo(user.json());
    var off =
        acme.change(path, "{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"False\"}");
    assertThat(off.json().path("active").asBoolean(true)).isFalse();
    assertThat(off.text("/meta/version")).isEqualTo("W/\"2\"");
    var on = acme.change(path, "{\"op\": \"replace\", \"value\": {\"active\": true}}");
    assertThat(on.json().path("active").asBoolean(false)).isTrue();
    assertError(
        acme.change(path, "{\"op\": \"remove\", \"path\": \"userName\"}"), 400, "mutability");
    assertError(
        acme.change(
            path,
            "{\"op\": \"replace\", \"path\": \"title\", \"value\": \"X\"}",
            "{\"op\": \"remove\"}"),
        400,
        "noTarget");
    assertThat(acme.get(path).text("/title")).isEqualTo("T");
    assertError(
        acme.with("If-Match", "W/\"1\"").change(path, "{\"op\": \"remove\", \"path\": \"title\"}"),
        412,
        "");
    var projected =
        acme.change(path + "?attributes=userName", "{\"op\": \"remove\", \"path\": \"title\"}");
    assertThat(projected.status()).isEqualTo(200);
    assertThat(projected.json().has("active")).isFalse();
  }

  @Test // "a PATCH body is validated before the id is looked up"
  void aBrokenPatchOfAnUnknownUserIsABadRequest() {
    var path = "/Users/" + java.util.UUID.randomUUID();
    assertError(acme.change(path, "{\"op\": \"move\"}"), 400, "invalidSyntax");
    assertError(acme.change(path, "{\"op\": \"remove\", \"path\": \"title\"}"), 404, "");
  }

  @Test // 114, 115, 116, 117
  void discoveryShowsWhatThereIs() {
    assertThat(acme.get("/ServiceProviderConfig").json().at("/patch/supported").asBoolean(false))
        .isTrue();
    assertThat(acme.get("/schemas?startIndex=5").json().path("totalResults").asInt(0))
        .isGreaterThan(4);
    var one = acme.get("/Schemas/" + ENTERPRISE);
    assertThat(one.json().path("id").asString("")).isEqualTo(ENTERPRISE);
    assertThat(acme.get("/ResourceTypes/User").text("/endpoint")).isEqualTo("/Users");
    assertError(acme.get("/Schemas?filter=id+pr"), 403, "");
    assertError(acme.post("/Schemas", "{}"), 405, "");
    assertError(acme.get("/Me"), 501, "");
    assertError(acme.get("/Nothing"), 404, "");
    assertError(acme.send("FOO", "/Users", ""), 405, "");
  }

  @Test
  void theAddressIsThatOfTheProxyInFront() {
    var user = made("");
    var answer = acme.with("X-Forwarded-Host", "scim.example.com").get("/Users/" + user.id());
    assertThat(answer.text("/meta/location"))
        .isEqualTo("http://scim.example.com/acme/scim/v2/Users/" + user.id());
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    var answer = acme.post("/Users", "{\"userName\": \"" + "x".repeat(5_000_000) + "\"}");
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void aTextWithAZeroCharacterIsABadValue() {
    assertThat(acme.post("/Users", body(name(), "\"title\": \"a\\u0000b\"")).status())
        .isEqualTo(400);
    assertThat(acme.filter("/Users", "title eq \"a\\u0000b\"").status()).isIn(200, 400);
  }

  @Test
  void valuesAreKeptAsTheyWereSent() {
    var title = "Zoë “quoted” \\\\ / ✓ 😀";
    var answer = made("\"title\": \"" + title + "\"");
    assertThat(answer.text("/title")).isEqualTo(ScimJson.read("\"" + title + "\"").asString());
    assertThat(acme.get("/Users/" + answer.id()).text("/title")).isEqualTo(answer.text("/title"));
  }
}
