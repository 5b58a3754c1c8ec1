package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.signal.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// C3, cases 45 to 56: pages, order, searches and cursors.
class QueryPagesTest extends Conformance {
  private static final int CROWD = 1_203;
  private static final String PAGE = "/Users?filter=title+eq+%22page%22";
  private static Calls crowd;

  @BeforeAll
  static void fill() {
    crowd = server.scim(TestServer.OTHER);
    for (int from = 0; from < CROWD; from += 1_000) {
      var users =
          IntStream.range(from, Math.min(CROWD, from + 1_000))
              .mapToObj(i -> create("Users", "b" + i, body("crowd" + i + "@x", "")))
              .toArray(String[]::new);
      assertThat(bulk(crowd, "", users).status()).isEqualTo(200);
    }
    for (var calls : both()) {
      for (int i = 0; i < 7; i++) user(calls, "'title': 'page', 'nickName': 'n" + i % 3 + "'");
    }
  }

  private static int integer(Answer list, String name) {
    var value = list.json().path(name);
    assertThat(value.isIntegralNumber()).as("%s is %s", name, value).isTrue();
    return value.intValue();
  }

  @Test
  @DisplayName("C3/45 startIndex=0 as 1, count=-1 as 0, count=0 only the total")
  void case045_numbersBelowTheirBounds() {
    for (var calls : both()) {
      var first = calls.get(PAGE + "&startIndex=1&count=2");
      assertThat(first.json().path("Resources").size()).isEqualTo(2);
      for (var below : List.of("0", "-5")) {
        assertThat(calls.get(PAGE + "&count=2&startIndex=" + below).json()).isEqualTo(first.json());
      }
      for (var none : List.of("0", "-1")) {
        var page = calls.get(PAGE + "&count=" + none);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.total()).isEqualTo(7);
        assertThat(integer(page, "itemsPerPage")).isZero();
        assertThat(page.json().path("Resources").size()).isZero();
      }
    }
  }

  @Test
  @DisplayName("C3/46 startIndex past the end: 200, no Resources, the right total")
  void case046_beyondTheEnd() {
    for (var calls : both()) {
      var beyond = calls.get(PAGE + "&startIndex=8");
      assertThat(beyond.status()).isEqualTo(200);
      assertThat(beyond.total()).isEqualTo(7);
      assertThat(beyond.json().path("Resources").size()).isZero();
      assertThat(ids(calls.get(PAGE + "&startIndex=7"))).hasSize(1);
    }
  }

  @Test
  @DisplayName("C3/47 pages of 100 walk all users once, in the same order again")
  void case047_pagesOfAHundred() {
    var walks = new ArrayList<List<String>>();
    for (int walk = 0; walk < 2; walk++) {
      var ids = new ArrayList<String>();
      for (int start = 1; start <= CROWD; start += 100) {
        ids.addAll(ids(crowd.get("/Users?attributes=id&count=100&startIndex=" + start)));
      }
      walks.add(ids);
    }
    assertThat(walks.get(0)).hasSize(CROWD).doesNotHaveDuplicates().isEqualTo(walks.get(1));
  }

  @Test
  @DisplayName("C3/48 count above the maximum: fewer, and itemsPerPage says so")
  void case048_countHasAMaximum() {
    var most = crowd.get("/ServiceProviderConfig").json().at("/filter/maxResults").intValue();
    assertThat(most).isLessThan(CROWD);
    var page = crowd.get("/Users?attributes=id&count=100000");
    assertThat(ids(page)).hasSize(most);
    assertThat(integer(page, "itemsPerPage")).isEqualTo(most);
    assertThat(page.total()).isEqualTo(CROWD);
  }

  @Test
  @DisplayName("C3/49 itemsPerPage, startIndex, totalResults are integers")
  void case049_numbersAreNumbers() {
    for (var calls : both()) {
      for (var query : List.of("&startIndex=3&count=2", "&startIndex=99&count=2")) {
        var page = calls.get(PAGE + query);
        assertThat(integer(page, "totalResults")).isEqualTo(7);
        assertThat(integer(page, "startIndex")).isIn(3, 99);
        assertThat(integer(page, "itemsPerPage")).isEqualTo(page.json().path("Resources").size());
      }
    }
  }

  @Test
  @DisplayName("C3/50 sortBy=name.familyName: without a value last, descending first, no case")
  void case050_sorted() {
    for (var calls : both()) {
      var names = List.of("'adler'", "'Zorn'", "'Berg'", "null");
      var ids =
          names.stream()
              .map(n -> user(calls, "'title': 'sort', 'name': {'familyName': " + n + "}").id())
              .toList();
      var asked = "/Users?filter=title+eq+%22sort%22&sortBy=name.familyName";
      var up = List.of(ids.get(0), ids.get(2), ids.get(1), ids.get(3));
      assertThat(ids(calls.get(asked))).isEqualTo(up);
      assertThat(ids(calls.get(asked + "&sortOrder=ascending"))).isEqualTo(up);
      assertThat(ids(calls.get(asked + "&sortOrder=descending"))).isEqualTo(up.reversed());
    }
  }

  @Test
  @DisplayName("C3/51 POST /Users/.search: as GET")
  void case051_aSearchIsAGet() {
    for (var calls : both()) {
      var search =
          """
          {'schemas': ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
            'filter': 'title eq \\'page\\'', 'attributes': ['userName'], 'startIndex': 2,
            'count': 3, 'sortBy': 'userName', 'sortOrder': 'descending'}\
          """
              .replace("\\'", "\\\"");
      var found = calls.post("/Users/.search", quoted(search));
      var got =
          calls.get(
              PAGE
                  + "&attributes=userName&startIndex=2&count=3&sortBy=userName"
                  + "&sortOrder=descending");
      assertThat(found.status()).isEqualTo(200);
      assertThat(ids(found)).hasSize(3);
      assertThat(found.json()).isEqualTo(got.json());
      assertThat(found.header("Content-Type")).isEqualTo("application/scim+json");
    }
  }

  @Test
  @DisplayName("C3/52 GET / with meta.resourceType eq \"User\": users only")
  void case052_usersAtTheRoot() {
    for (var calls : both()) {
      var group = group(calls).id();
      var types = new HashSet<String>();
      var all = calls.get("/?count=1000");
      all.json().path("Resources").forEach(r -> types.add(r.at("/meta/resourceType").asString("")));
      assertThat(types).containsExactlyInAnyOrder("User", "Group");
      var users = calls.get("/?count=1000&filter=meta.resourceType+eq+%22User%22");
      assertThat(ids(users)).doesNotContain(group);
      assertThat(ids(users))
          .containsExactlyInAnyOrderElementsOf(ids(calls.get("/Users?count=1000")));
    }
    var genesys = server.scim(TestServer.CLOUD).get("/?count=1");
    assertError(genesys, 501, "");
  }

  @Test
  @DisplayName("C3/53 cursor= begins; nextCursor leads on to a last page without one")
  void case053_cursorsWalkToTheEnd() {
    for (var calls : both()) {
      var walked = new ArrayList<String>();
      var page = calls.get(PAGE + "&count=3&cursor=");
      assertThat(page.json().has("previousCursor")).isFalse();
      walked.addAll(ids(page));
      for (int pages = 1; page.json().has("nextCursor"); pages++) {
        assertThat(pages).isLessThan(3);
        assertThat(page.text("/nextCursor")).matches("[A-Za-z0-9._~-]+");
        page = calls.get(PAGE + "&count=3&cursor=" + page.text("/nextCursor"));
        assertThat(page.json().has("previousCursor")).isTrue();
        walked.addAll(ids(page));
      }
      assertThat(walked).isEqualTo(ids(calls.get(PAGE))).hasSize(7);
      var bare = calls.get(PAGE + "&count=3&cursor");
      assertThat(ids(bare)).isEqualTo(walked.subList(0, 3));
    }
    var pagination = tolerant.get("/ServiceProviderConfig").json().path("pagination");
    assertThat(pagination.path("cursor").toString()).isEqualTo("true");
    assertThat(pagination.path("defaultPaginationMethod").asString("")).isEqualTo("index");
  }

  @Test
  @DisplayName("C3/54 altered cursor: invalidCursor; timed out: expiredCursor; count: invalidCount")
  void case054_cursorsThatAreNoneAnyMore() {
    for (var calls : both()) {
      var cursor = calls.get(PAGE + "&count=3&cursor=").text("/nextCursor");
      var asked = PAGE + "&count=3&cursor=";
      var altered = cursor.substring(1) + cursor.charAt(0);
      assertError(calls.get(asked + altered), 400, "invalidCursor");
      assertError(calls.get(asked + cursor + "&sortBy=userName"), 400, "invalidCursor");
      assertError(calls.get(PAGE + "&count=4&cursor=" + cursor), 400, "invalidCount");
      assertThat(calls.get(asked + cursor).status()).isEqualTo(200);
    }
    var clock = new MovableClock();
    try (var late = TestServer.start(TestServer.configs(), clock)) {
      var calls = late.acme();
      for (int i = 0; i < 2; i++) user(calls, "");
      var timeout =
          calls.get("/ServiceProviderConfig").json().at("/pagination/cursorTimeout").asInt();
      var cursor = calls.get("/Users?count=1&cursor=").text("/nextCursor");
      clock.forward(Duration.ofSeconds(timeout - 60));
      var lasting = late.acme();
      assertThat(lasting.get("/Users?count=1&cursor=" + cursor).status()).isEqualTo(200);
      clock.forward(Duration.ofSeconds(61));
      assertError(late.acme().get("/Users?count=1&cursor=" + cursor), 400, "expiredCursor");
    }
  }

  @Test
  @DisplayName("C3/55 cursor of another organization: invalidCursor, in the words for a forged one")
  void case055_aForeignCursorIsAForgedOne() {
    var cursor = tolerant.get(PAGE + "&count=3&cursor=").text("/nextCursor");
    assertThat(tolerant.get(PAGE + "&count=3&cursor=" + cursor).status()).isEqualTo(200);
    var foreign = strict.get(PAGE + "&count=3&cursor=" + cursor);
    assertError(foreign, 400, "invalidCursor");
    assertThat(foreign.response().body())
        .isEqualTo(strict.get(PAGE + "&count=3&cursor=forged").response().body());
  }

  @Test
  @DisplayName("C3/56 unfiltered list larger than a page: the first page, not tooMany")
  void case056_aListOfManyHasPages() {
    var page = crowd.get("/Users?attributes=id");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.total()).isEqualTo(CROWD);
    assertThat(integer(page, "itemsPerPage")).isEqualTo(ids(page).size()).isEqualTo(100);
  }
}
