package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Answers that must not be held in memory as a whole.
class LargeAnswersTest {
  private static final int MEMBERS = 21_000;
  private static final int LARGE_USERS = 6;
  private static TestServer server;
  private static Calls acme;
  private static Answer group;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
    group = acme.post("/Groups", "{\"displayName\": \"Everybody\"}");
    server
        .database()
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              insert into scim_user (organization, id, user_name_key, email_keys, active, created,
                modified, document)
              select 'acme', gen_random_uuid(), 'member' || n, '{}', true, now(), now(),
                jsonb_build_object('userName', 'member' || n, 'active', true)
              from generate_series(1, ?) n\
              """,
              MEMBERS);
          handle.execute(
              """
              insert into group_member (organization, group_id, user_id)
              select organization, cast(? as uuid), id from scim_user\
              """,
              group.id());
        });
    for (int i = 0; i < LARGE_USERS; i++) {
      var body =
          "{\"userName\": \"large%d\", \"nickName\": \"Large\", \"title\": \"%s\"}"
              .formatted(i, "x".repeat(1_000_000));
      assertThat(acme.post("/Users?attributes=id", body).status()).isEqualTo(201);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertAllMembers(JsonNode read) {
    var values = new HashSet<String>();
    for (var member : read.path("members")) {
      assertThat(values.add(member.path("value").asString(""))).isTrue();
    }
    assertThat(values).hasSize(MEMBERS);
  }

  @Test
  void case108AGroupOfAnySizeIsWrittenPortionByPortion() {
    var read = acme.get("/Groups/" + group.id());
    assertThat(read.header("ETag")).isNotBlank();
    assertThat(read.header("Location")).endsWith(group.id());
    assertAllMembers(read.json());
    var first = read.json().at("/members/0");
    assertThat(first.path("type").asString("")).isEqualTo("User");
    assertThat(first.path("$ref").asString("")).endsWith(first.path("value").asString("-"));
    assertThat(read.text("/displayName")).isEqualTo("Everybody");
    assertThat(read.text("/meta/resourceType")).isEqualTo("Group");
  }

  @Test
  void itIsProjectedTooAndShownInLists() {
    var path = "/Groups/" + group.id();
    var values = acme.get(path + "?attributes=members.value").json();
    assertAllMembers(values);
    assertThat(values.at("/members/0").propertyNames()).containsExactly("value");
    assertThat(values.has("displayName")).isFalse();
    assertThat(acme.get(path + "?excludedAttributes=members").json().has("members")).isFalse();
    assertThat(acme.get(path + "?attributes=displayName").json().has("members")).isFalse();
    acme.post("/Groups", "{\"displayName\": \"Everything else\"}");
    var list = acme.filter("/Groups", "displayName sw \"Every\"").json();
    assertThat(list.path("Resources").size()).isEqualTo(2);
    assertAllMembers(list.path("Resources").get(0));
    var root = acme.filter("/", "displayName eq \"Everybody\"").json();
    assertAllMembers(root.path("Resources").get(0));
    assertThat(acme.send("HEAD", path, "").status()).isEqualTo(200);
  }

  @Test
  void aPatchOfALargeGroupIsAnsweredWithoutIt() {
    var answer =
        acme.change(
            "/Groups/" + group.id(),
            "{\"op\": \"replace\", \"path\": \"externalId\", \"value\": \"e\"}");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("ETag")).isNotBlank();
    assertThat(answer.header("Content-Location")).endsWith(group.id());
  }

  @Test
  void aPageEndsWhereItsBytesDoAndNobodyIsMissed() {
    var filter = "/Users?filter=nickName+eq+%22Large%22";
    var first = acme.get(filter);
    assertThat(first.total()).isEqualTo(LARGE_USERS);
    assertThat(first.json().path("itemsPerPage").asInt(0)).isBetween(1, LARGE_USERS - 1);
    var byNumber = new ArrayList<String>();
    while (byNumber.size() < LARGE_USERS) {
      byNumber.addAll(names(acme.get(filter + "&startIndex=" + (byNumber.size() + 1))));
    }
    var byCursor = new ArrayList<String>();
    var cursor = "";
    var page = first;
    do {
      page = acme.get(filter + "&cursor=" + cursor);
      byCursor.addAll(names(page));
      cursor = page.text("/nextCursor");
    } while (!cursor.isEmpty());
    assertThat(byCursor).isEqualTo(byNumber).hasSize(LARGE_USERS);
    var back = acme.get(filter + "&cursor=" + page.text("/previousCursor"));
    var pageBefore = LARGE_USERS - names(page).size();
    var expected = byNumber.subList(pageBefore - names(back).size(), pageBefore);
    assertThat(names(back)).isNotEmpty().isEqualTo(expected);
  }

  private static List<String> names(Answer page) {
    return page.json()
        .path("Resources")
        .valueStream()
        .map(r -> r.path("userName").asString(""))
        .toList();
  }
}
