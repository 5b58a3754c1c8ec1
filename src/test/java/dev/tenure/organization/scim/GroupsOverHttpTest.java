package dev.tenure.organization.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The conformance cases of `clients-and-standards.md` C3 about groups (their numbers in comments).
class GroupsOverHttpTest {
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

  private static String user() {
    var answer = acme.post("/Users", "{\"userName\": \"member" + made++ + "@example.com\"}");
    assertThat(answer.status()).isEqualTo(201);
    return answer.id();
  }

  private static Answer group(String... members) {
    var answer =
        acme.post(
            "/Groups",
            "{\"displayName\": \"Group " + made++ + "\", \"members\": [" + values(members) + "]}");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer;
  }

  private static String values(String... ids) {
    return List.of(ids).stream()
        .map(id -> "{\"value\": \"" + id + "\"}")
        .collect(Collectors.joining(","));
  }

  private static Set<String> members(String group) {
    return acme.get("/Groups/" + group)
        .json()
        .path("members")
        .valueStream()
        .map(member -> member.path("value").asString(""))
        .collect(Collectors.toSet());
  }

  @Test // 97, 98
  void aGroupNeedsANameAndMembersThatExist() {
    assertThat(acme.post("/Groups", "{\"members\": []}").text("/scimType"))
        .isEqualTo("invalidValue");
    var before = acme.get("/Groups").total();
    var answer =
        acme.post(
            "/Groups",
            "{\"displayName\": \"Ghosts\", \"members\": [" + values("" + UUID.randomUUID()) + "]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/scimType")).isEqualTo("invalidValue");
    assertThat(acme.get("/Groups").total()).isEqualTo(before);
  }

  @Test // 99, 100
  void addingAndRemovingTwiceChangesNothingTheSecondTime() {
    var user = user();
    var group = group();
    var add =
        "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"$ref\": null, \"value\": \""
            + user
            + "\"}]}";
    var first = acme.change("/Groups/" + group.id(), add);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.text("/meta/version")).isEqualTo("W/\"2\"");
    assertThat(acme.change("/Groups/" + group.id(), add).json()).isEqualTo(first.json());
    assertThat(members(group.id())).containsExactly(user);
    var remove = "{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + user + "\\\"]\"}";
    assertThat(acme.change("/Groups/" + group.id(), remove).text("/meta/version"))
        .isEqualTo("W/\"3\"");
    var again = acme.change("/Groups/" + group.id(), remove);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("/meta/version")).isEqualTo("W/\"3\"");
  }

  @Test // 101, 102, 103
  void removingMembersByValueRemovesOnlyThose() {
    var one = user();
    var two = user();
    var three = user();
    var group = group(one, two, three).id();
    acme.change(
        "/Groups/" + group,
        "{\"op\": \"Remove\", \"path\": \"members\", \"value\": [" + values(one) + "]}");
    assertThat(members(group)).containsExactlyInAnyOrder(two, three);
    acme.change("/Groups/" + group, "{\"op\": \"remove\", \"path\": \"members\", \"value\": []}");
    assertThat(members(group)).containsExactlyInAnyOrder(two, three);
    acme.change("/Groups/" + group, "{\"op\": \"remove\", \"path\": \"members\"}");
    assertThat(members(group)).isEmpty();
  }

  @Test // 104, 105, 106
  void replacingAndRenamingWorkInOneRequest() {
    var one = user();
    var two = user();
    var group = group(one).id();
    acme.change(
        "/Groups/" + group,
        "{\"op\": \"replace\", \"path\": \"members\", \"value\": [" + values(two) + "]}");
    assertThat(members(group)).containsExactly(two);
    acme.change(
        "/Groups/" + group,
        "{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + two + "\\\"]\"}",
        "{\"op\": \"add\", \"path\": \"members\", \"value\": [" + values(one) + "]}");
    assertThat(members(group)).containsExactly(one);
    var renamed =
        acme.change(
            "/Groups/" + group,
            "{\"op\": \"replace\", \"value\": {\"id\": \""
                + group
                + "\", \"displayName\": \"New name\"}}");
    assertThat(renamed.text("/displayName")).isEqualTo("New name");
    assertThat(members(group)).containsExactly(one);
  }

  @Test // 66, 65
  void putReplacesNameAndMembers() {
    var one = user();
    var group = group(one);
    var emptied = acme.put("/Groups/" + group.id(), "{\"displayName\": \"Put\", \"members\": []}");
    assertThat(emptied.status()).isEqualTo(200);
    assertThat(emptied.json().has("members")).isFalse();
    var filled =
        acme.put(
            "/Groups/" + group.id(),
            "{\"displayName\": \"Put\", \"members\": [" + values(one) + "]}");
    assertThat(filled.text("/members/0/type")).isEqualTo("User");
    assertThat(filled.text("/meta/version")).isEqualTo("W/\"3\"");
    var stale =
        acme.with("If-Match", "W/\"1\"").put("/Groups/" + group.id(), "{\"displayName\": \"X\"}");
    assertThat(stale.status()).isEqualTo(412);
  }

  @Test // 107
  void aMemberIsNeverChanged() {
    var one = user();
    var group = group(one).id();
    var answer =
        acme.change(
            "/Groups/" + group,
            "{\"op\": \"replace\", \"path\": \"members[value eq \\\""
                + one
                + "\\\"].display\", \"value\": \"x\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/scimType")).isEqualTo("mutability");
  }

  @Test // 108, 109, 110
  void groupsAreFoundByNameAndByMember() {
    var one = user();
    var group = group(one);
    var name = group.text("/displayName");
    assertThat(
            acme.filter("/Groups", "displayName eq \"" + name.toUpperCase(Locale.ROOT) + "\"")
                .total())
        .isOne();
    assertThat(acme.filter("/Groups", "members.value eq \"" + one + "\"").total()).isOne();
    assertThat(acme.filter("/Groups", "members[value eq \"" + one + "\"]").total()).isOne();
    assertThat(
            acme.filter("/Groups", "members[value eq \"" + one + "\" and type eq \"Group\"]")
                .total())
        .isZero();
    assertThat(
            acme.get("/Groups/" + group.id() + "?excludedAttributes=members").json().has("members"))
        .isFalse();
  }

  @Test // 111, 112
  void aUserShowsItsGroupsAndLeavesThemWhenDeleted() {
    var one = user();
    var group = group(one);
    var shown = acme.get("/Users/" + one).json().path("groups").path(0);
    assertThat(shown.path("value").asString("")).isEqualTo(group.id());
    assertThat(shown.path("display").asString("")).isEqualTo(group.text("/displayName"));
    assertThat(shown.path("$ref").asString("")).isEqualTo(group.text("/meta/location"));
    assertThat(acme.filter("/Users", "groups.value eq \"" + group.id() + "\"").total()).isOne();
    acme.delete("/Users/" + one);
    assertThat(members(group.id())).isEmpty();
    assertThat(acme.get("/Groups/" + group.id()).text("/meta/version")).isEqualTo("W/\"2\"");
  }

  @Test // 113
  void groupsMayBeNestedButNeverInACircle() {
    var inner = group().id();
    var outer = group(inner).id();
    assertThat(acme.get("/Groups/" + outer).text("/members/0/type")).isEqualTo("Group");
    var circle =
        acme.change(
            "/Groups/" + inner,
            "{\"op\": \"add\", \"path\": \"members\", \"value\": [" + values(outer) + "]}");
    assertThat(circle.status()).isEqualTo(400);
    assertThat(circle.text("/scimType")).isEqualTo("invalidValue");
    assertThat(members(inner)).isEmpty();
    acme.delete("/Groups/" + inner);
    assertThat(members(outer)).isEmpty();
  }

  @Test
  void deletedAndUnknownGroupsAreNotFound() {
    var group = group().id();
    assertThat(acme.delete("/Groups/" + group).status()).isEqualTo(204);
    assertThat(acme.get("/Groups/" + group).status()).isEqualTo(404);
    assertThat(
            acme.change("/Groups/" + group, "{\"op\": \"remove\", \"path\": \"members\"}").status())
        .isEqualTo(404);
  }
}
