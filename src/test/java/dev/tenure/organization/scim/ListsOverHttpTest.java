package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Lists: sort, pages by number and by cursor, `.search` (cases 45 to 56 of C3).
class ListsOverHttpTest {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final String PAGE = "/Users?filter=title+eq+%22page%22";
  private static TestServer server;
  private static Calls acme;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
    user("c@x", "'title': 'sort', 'name': {'familyName': 'Zander'}, 'externalId': 'b'");
    user("A@x", "'title': 'sort', 'name': {'familyName': 'adler'}, 'externalId': 'B'");
    user("b@x", "'title': 'sort', 'displayName': 'Only one', 'active': false");
    user(
        "d@x",
        "'title': 'sort', 'name': {'familyName': 'Ähre'}, 'emails': [{'value': 'z@x'}, "
            + "{'value': 'a@x', 'primary': true}], '"
            + ENTERPRISE
            + "': {'department': 'Sales', 'costCenter': '7'}");
    for (int i = 0; i < 23; i++) {
      user("page%02d@x".formatted(i), "'title': 'page', 'nickName': '" + "n".repeat(i % 3) + "'");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer user(String userName, String more) {
    var body = "{'userName': '%s', %s}".formatted(userName, more).replace('\'', '"');
    var answer = acme.post("/Users", body);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer;
  }

  private static List<String> names(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer
        .json()
        .path("Resources")
        .valueStream()
        .map(r -> r.path("userName").asString(r.path("displayName").asString("")))
        .toList();
  }

  private static List<String> sorted(String by, String order) {
    var filter = URLEncoder.encode("title eq \"sort\"", StandardCharsets.UTF_8);
    return names(acme.get("/Users?filter=%s&sortBy=%s&sortOrder=%s".formatted(filter, by, order)));
  }

  private static void assertError(Answer answer, String type) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
    assertThat(answer.text("/scimType")).isEqualTo(type);
    assertThat(answer.text("/detail")).isNotBlank();
  }

  @Test
  void case45NumbersBelowTheirBoundsCountAsTheBound() {
    var page = acme.get(PAGE + "&startIndex=0&count=2").json();
    assertThat(page.path("startIndex").asInt(0)).isOne();
    assertThat(page.path("itemsPerPage").asInt(0)).isEqualTo(2);
    for (var count : List.of("0", "-1", "-99999999999999999999")) {
      var none = acme.get(PAGE + "&count=" + count);
      assertThat(none.total()).isEqualTo(23);
      assertThat(none.json().path("Resources").size()).isZero();
    }
    assertThat(acme.get(PAGE + "&count=99999999999").json().path("itemsPerPage").asInt(0))
        .isEqualTo(23);
    assertError(acme.get(PAGE + "&count=two"), "invalidValue");
    assertError(acme.get(PAGE + "&startIndex=1.5"), "invalidValue");
  }

  @Test
  void case46AStartBeyondTheEndIsAnEmptyPageWithTheTotal() {
    for (var start : List.of("24", "2147483647", "99999999999999")) {
      var page = acme.get(PAGE + "&startIndex=" + start);
      assertThat(page.total()).isEqualTo(23);
      assertThat(page.json().path("Resources").size()).isZero();
      assertThat(page.json().path("itemsPerPage").asInt(-1)).isZero();
    }
  }

  @Test
  void case47PagesWalkAllUsersOnceInTheSameOrder() {
    var walked = new ArrayList<String>();
    for (int start = 1; start <= 23; start += 5) {
      walked.addAll(names(acme.get(PAGE + "&count=5&startIndex=" + start)));
    }
    assertThat(walked).hasSize(23).doesNotHaveDuplicates().isEqualTo(names(acme.get(PAGE)));
  }

  @Test
  void case50TextIsSortedWithoutRegardToCaseAndWhoHasNoneStandsLastOrFirst() {
    assertThat(sorted("name.familyName", "ascending")).containsExactly("A@x", "c@x", "d@x", "b@x");
    assertThat(sorted("name.familyName", "descending")).containsExactly("b@x", "d@x", "c@x", "A@x");
    assertThat(sorted("USERNAME", "")).containsExactly("A@x", "b@x", "c@x", "d@x");
    assertThat(sorted("displayName", "Ascending")).startsWith("b@x");
  }

  @Test
  void aCaseExactAttributeIsSortedByCodePoint() {
    assertThat(sorted("externalId", "ascending")).startsWith("A@x", "c@x");
    assertThat(sorted("externalId", "descending")).endsWith("c@x", "A@x");
  }

  @Test
  void aMultiValuedAttributeCountsWithItsPrimaryValue() {
    user("e@x", "'title': 'sort by mail', 'emails': [{'value': 'm@x'}]");
    user("f@x", "'title': 'sort by mail', 'emails': [{'value': 'Z@x'}]");
    user(
        "g@x",
        "'title': 'sort by mail', 'emails': [{'value': 'z@z'}, {'value': 'a@x', 'primary': true}]");
    var asked = "/Users?filter=title+eq+%22sort+by+mail%22&sortBy=";
    assertThat(names(acme.get(asked + "emails.value"))).containsExactly("g@x", "e@x", "f@x");
    assertThat(names(acme.get(asked + "emails"))).containsExactly("g@x", "e@x", "f@x");
  }

  @Test
  void extensionAttributesAreSortedByTheirUrnOrTheirShortName() {
    assertThat(sorted(ENTERPRISE + ":costCenter", "")).startsWith("d@x");
    assertThat(sorted("department", "descending")).endsWith("d@x");
    assertThat(sorted("active", "")).startsWith("b@x");
    assertThat(sorted("meta.created", "descending")).containsExactly("d@x", "b@x", "A@x", "c@x");
    assertThat(sorted("id", "descending")).containsExactly("d@x", "b@x", "A@x", "c@x");
  }

  @Test
  void whatNobodyHasSortsNothing() {
    assertThat(sorted("nosuch.attribute", "")).containsExactly("c@x", "A@x", "b@x", "d@x");
    assertThat(sorted("password", "descending")).containsExactly("d@x", "b@x", "A@x", "c@x");
    assertError(acme.get("/Users?sortBy=name"), "invalidValue");
    assertError(acme.get("/Users?sortBy=userName&sortOrder=up"), "invalidValue");
  }

  @Test
  void groupsAreSortedToo() {
    var member = user("member@x", "'title': 'member'").id();
    acme.post("/Groups", "{\"displayName\": \"b sorted\"}");
    acme.post(
        "/Groups",
        "{\"displayName\": \"A sorted\", \"members\": [{\"value\": \"" + member + "\"}]}");
    var asked = "/Groups?filter=displayName+ew+%22sorted%22&sortBy=";
    assertThat(names(acme.get(asked + "displayName"))).containsExactly("A sorted", "b sorted");
    assertThat(names(acme.get(asked + "members.value"))).containsExactly("A sorted", "b sorted");
    assertThat(names(acme.get(asked + "members.value&sortOrder=descending")))
        .containsExactly("b sorted", "A sorted");
    assertThat(names(acme.get("/Users?count=1&sortBy=groups.display"))).containsExactly("member@x");
  }

  @Test
  void case51ASearchAnswersLikeAQuery() {
    var found =
        acme.post(
            "/Users/.search",
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
             "filter": "title eq \\"page\\"", "sortBy": "userName", "sortOrder": "descending",
             "startIndex": 3, "count": 4, "attributes": ["userName"]}\
            """);
    var asked =
        PAGE + "&sortBy=userName&sortOrder=descending&startIndex=3&count=4&attributes=userName";
    assertThat(found.json()).isEqualTo(acme.get(asked).json());
    assertThat(names(found)).containsExactly("page20@x", "page19@x", "page18@x", "page17@x");
    assertThat(found.json().at("/Resources/0").has("title")).isFalse();
  }

  @Test
  void aSearchWithMembersOfAWrongTypeIsRefused() {
    for (var wrong :
        List.of(
            "'filter': {}", "'count': []", "'attributes': [1]", "'sortBy': {}", "'cursor': true")) {
      assertError(
          acme.post("/Users/.search", ("{" + wrong + "}").replace('\'', '"')), "invalidValue");
    }
    assertError(acme.post("/Users/.search", "[]"), "invalidSyntax");
  }

  @Test
  void case53CursorsWalkForwardsAndBackwards() {
    for (var sort :
        List.of("", "&sortBy=nickName", "&sortBy=nickName&sortOrder=descending", "&sortBy=id")) {
      var whole = names(acme.get(PAGE + sort));
      var pages = new ArrayList<List<String>>();
      var cursors = new ArrayList<String>();
      var at = "";
      for (; ; ) {
        var page = acme.get(PAGE + sort + "&count=6&cursor=" + at);
        pages.add(names(page));
        assertThat(page.total()).isEqualTo(23);
        assertThat(page.json().has("startIndex")).isFalse();
        assertThat(page.json().has("previousCursor")).isEqualTo(!at.isEmpty());
        cursors.add(page.text("/previousCursor"));
        if (!page.json().has("nextCursor")) break;
        at = page.text("/nextCursor");
        assertThat(at).matches("[A-Za-z0-9._~-]+");
      }
      assertThat(pages.stream().flatMap(List::stream).toList()).as(sort).isEqualTo(whole);
      assertThat(pages).hasSize(4);
      var back = acme.get(PAGE + sort + "&count=6&cursor=" + cursors.getLast());
      assertThat(names(back)).isEqualTo(pages.get(2));
      for (int i = 1; i >= 0; i--) {
        back = acme.get(PAGE + sort + "&count=6&cursor=" + back.text("/previousCursor"));
        assertThat(names(back)).as(sort).isEqualTo(pages.get(i));
        assertThat(back.json().has("nextCursor")).isTrue();
      }
      assertThat(back.json().has("previousCursor")).isFalse();
    }
  }

  @Test
  void aCursorStaysInItsPlaceWhateverComesAndGoes() {
    for (var name : List.of("1", "2", "3", "4")) user(name + "moving@x", "'title': 'moving'");
    var asked = "/Users?filter=title+eq+%22moving%22&sortBy=userName&count=2&cursor=";
    var first = acme.get(asked);
    acme.delete("/Users/" + first.text("/Resources/1/id"));
    user("0moving@x", "'title': 'moving'");
    assertThat(names(acme.get(asked + first.text("/nextCursor"))))
        .containsExactly("3moving@x", "4moving@x");
  }

  @Test
  void aCursorIsAskedForInSearchesToo() {
    var first = acme.post("/Users/.search", "{\"cursor\": \"\", \"count\": 2}");
    var next = first.text("/nextCursor");
    var second = acme.post("/Users/.search", "{\"cursor\": \"%s\", \"count\": 2}".formatted(next));
    assertThat(names(second)).isEqualTo(names(acme.get("/Users?count=2&cursor=" + next)));
    assertThat(names(second)).isNotEqualTo(names(first)).hasSize(2);
  }

  @Test
  void withoutACursorPagesAreByNumber() {
    var page = acme.get(PAGE + "&count=3").json();
    assertThat(page.has("nextCursor")).isFalse();
    assertThat(page.path("startIndex").asInt(0)).isOne();
    assertError(acme.get(PAGE + "&cursor=&startIndex=2"), "invalidValue");
  }

  @Test
  void case54AnAlteredCursorIsInvalidAndACountMustNotChange() {
    var cursor = acme.get(PAGE + "&count=6&cursor").text("/nextCursor");
    var asked = PAGE + "&count=6&cursor=";
    assertThat(acme.get(asked + cursor).status()).isEqualTo(200);
    for (int i = 0; i < cursor.length(); i += 7) {
      var other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      var forged = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertError(acme.get(asked + forged), "invalidCursor");
    }
    for (var forged : List.of("x", "%00", "AAAA", "A".repeat(9000), cursor + "A", "4%2F4", "é")) {
      assertError(
          acme.get(asked + URLEncoder.encode(forged, StandardCharsets.UTF_8)), "invalidCursor");
    }
    assertError(acme.get(PAGE + "&count=7&cursor=" + cursor), "invalidCount");
    assertError(acme.get(PAGE + "&count=0&cursor="), "invalidCount");
    assertError(acme.get(asked + cursor + "&sortBy=userName"), "invalidCursor");
    assertError(acme.get("/Users?count=6&cursor=" + cursor), "invalidCursor");
    assertError(
        acme.get("/Groups?filter=title+eq+%22page%22&count=6&cursor=" + cursor), "invalidCursor");
  }

  @Test
  void case55ACursorOfAnotherOrganizationIsAsInvalidAsAForgedOne() {
    var cursor = acme.get(PAGE + "&count=6&cursor=").text("/nextCursor");
    var other = server.scim(TestServer.OTHER);
    var foreign = other.get(PAGE + "&count=6&cursor=" + cursor);
    assertError(foreign, "invalidCursor");
    assertThat(foreign.response().body())
        .isEqualTo(other.get(PAGE + "&count=6&cursor=forged").response().body());
  }

  @Test
  void aCursorTellsNothing() {
    user("the-last-of-its-page@x", "'title': 'told', 'displayName': 'The Secret Name'");
    user("another@x", "'title': 'told'");
    var page = acme.get("/Users?filter=title+eq+%22told%22&sortBy=displayName&count=1&cursor=");
    var bytes = java.util.Base64.getUrlDecoder().decode(page.text("/nextCursor"));
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("secret")
        .doesNotContain("acme");
  }

  @Test
  void case52QueriesAtTheRootFindAllTypes() {
    var group = acme.post("/Groups", "{\"displayName\": \"At the root\"}");
    var user = user("root@x", "'displayName': 'at the root'");
    var asked = "/?filter=displayName+eq+%22at+the+root%22";
    var both = acme.get(asked + "&sortBy=meta.resourceType");
    assertThat(both.total()).isEqualTo(2);
    assertThat(ids(both)).containsExactlyInAnyOrder(group.id(), user.id());
    for (var found : both.json().path("Resources")) {
      var location = found.path("meta").path("location").asString("");
      var below = location.substring(location.indexOf("/scim/v2") + 8);
      assertThat(acme.get(below).json()).isEqualTo(found);
    }
    var search = "{\"filter\": \"displayName eq \\\"at the root\\\"\", \"count\": 1%s}";
    var first = acme.post("/.search", search.formatted(", \"cursor\": \"\""));
    var second =
        acme.post(
            "/.search", search.formatted(", \"cursor\": \"" + first.text("/nextCursor") + "\""));
    assertThat(ids(first)).containsExactly(group.id());
    assertThat(ids(second)).containsExactly(user.id());
    assertThat(second.json().has("nextCursor")).isFalse();
    var users = acme.get("?count=500&filter=meta.resourceType+eq+%22User%22");
    assertThat(users.total()).isEqualTo(acme.get("/Users?count=0").total());
    assertThat(acme.get("/?filter=userName+pr&count=0").total()).isEqualTo(users.total());
    assertThat(acme.get("/?sortBy=displayName&count=1&filter=displayName+pr").status())
        .isEqualTo(200);
  }

  @Test
  void whoMayNotSeeGroupsSeesNothingAtTheRoot() {
    assertThat(acme.as(TestServer.USERS_ONLY).get("/?count=1").status()).isEqualTo(403);
    assertThat(acme.as(TestServer.USERS_ONLY).get("/Users?count=1").status()).isEqualTo(200);
    assertThat(acme.post("/", "{}").status()).isEqualTo(405);
  }

  @Test
  void anIdThatIsNoneStillSorts() {
    assertThat(acme.get("/Users?sortBy=id&filter=id+eq+%22" + UUID.randomUUID() + "%22").total())
        .isZero();
  }

  private static List<String> ids(Answer answer) {
    return answer
        .json()
        .path("Resources")
        .valueStream()
        .map(r -> r.path("id").asString(""))
        .toList();
  }
}
