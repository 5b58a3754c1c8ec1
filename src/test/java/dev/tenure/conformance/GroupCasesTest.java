package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Schema;
import dev.tenure.signal.EventType;
import dev.tenure.signal.SignalWorld;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// C3, cases 97 to 113: groups.
class GroupCasesTest extends Conformance {
  private static List<String> members(Calls calls, Answer group) {
    return texts(calls.get(path(group)).json().path("members"), "value");
  }

  private static String one(String user) {
    return "members[value eq '" + user + "']";
  }

  @Test
  @DisplayName("C3/97 POST without displayName: 400 invalidValue")
  void case097_aGroupNeedsItsName() {
    for (var calls : both()) {
      var before = calls.get("/Groups?count=0").total();
      for (var name : List.of("", ", 'displayName': ''", ", 'displayName': null")) {
        var body = "{'schemas': ['%s']%s}".formatted(Schema.GROUP, name);
        assertError(calls.post("/Groups", quoted(body)), 400, "invalidValue");
      }
      assertThat(calls.get("/Groups?count=0").total()).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("C3/98 POST with a member that does not exist: 400 invalidValue, nothing made")
  void case098_membersMustExist() {
    for (var calls : both()) {
      var user = user(calls, "").id();
      var foreign = user(server.scim(TestServer.OTHER), "").id();
      for (var stranger : List.of(UUID.randomUUID().toString(), "nobody", foreign)) {
        var name = "Ghosts " + name();
        var answer = calls.post("/Groups", groupBody(name, user, stranger));
        assertError(answer, 400, "invalidValue");
        assertThat(calls.filter("/Groups", "displayName eq \"" + name + "\"").total()).isZero();
      }
      var group = group(calls);
      var add = op("add", "members", values(user, UUID.randomUUID().toString()));
      assertError(calls.change(path(group), add), 400, "invalidValue");
      assertSame(calls, group);
    }
  }

  @Test
  @DisplayName("C3/99 add members twice: no duplicate, no new time")
  void case099_addedOnce() {
    for (var calls : both()) {
      var user = user(calls, "").id();
      var group = group(calls);
      var add = op("Add", "members", "[{'$ref': null, 'value': '" + user + "'}]");
      var first = patched(calls, path(group), add);
      assertThat(texts(first.json().path("members"), "value")).containsExactly(user);
      assertThat(first.header("ETag")).isNotEqualTo(group.header("ETag"));
      assertThat(patched(calls, path(group), add).json()).isEqualTo(first.json());
      var quiet = calls.as(TestServer.QUIET).change(path(group), add);
      assertThat(quiet.status()).isEqualTo(204);
      assertThat(quiet.header("ETag")).isEqualTo(first.header("ETag"));
      assertSame(calls, first);
    }
  }

  @Test
  @DisplayName("C3/100 remove a member that is none: success, no change")
  void case100_removedWhatIsNotThere() {
    for (var calls : both()) {
      var user = user(calls, "").id();
      var group = group(calls, user);
      var other = user(calls, "").id();
      for (var nobody : List.of(other, UUID.randomUUID().toString(), "no-id")) {
        assertThat(patched(calls, path(group), op("remove", one(nobody))).json())
            .isEqualTo(group.json());
      }
      assertSame(calls, group);
    }
  }

  @Test
  @DisplayName("C3/101 Remove members with a value: only those")
  void case101_removeWithAValueIsSelective() {
    for (var calls : both()) {
      var one = user(calls, "").id();
      var two = user(calls, "").id();
      var group = group(calls, one, two);
      patched(calls, path(group), op("Remove", "members", values(one)));
      assertThat(members(calls, group)).containsExactly(two);
      patched(calls, path(group), op("Remove", "members", values(UUID.randomUUID().toString())));
      assertThat(members(calls, group)).containsExactly(two);
      assertThat(calls.get("/Users/" + one).json().has("groups")).isFalse();
    }
  }

  @Test
  @DisplayName("C3/102 remove members: the group is empty")
  void case102_allMembersRemoved() {
    for (var calls : both()) {
      var group = group(calls, user(calls, "").id(), user(calls, "").id());
      assertThat(patched(calls, path(group), op("remove", "members")).json().has("members"))
          .isFalse();
      assertThat(members(calls, group)).isEmpty();
    }
  }

  @Test
  @DisplayName("C3/103 remove members with value []: no change")
  void case103_anEmptyListRemovesNobody() {
    for (var calls : both()) {
      var group = group(calls, user(calls, "").id());
      patched(calls, path(group), op("remove", "members", "[]"));
      assertSame(calls, group);
    }
  }

  @Test
  @DisplayName("C3/104 replace members: exactly these")
  void case104_allMembersReplaced() {
    for (var calls : both()) {
      var ids = List.of(user(calls, "").id(), user(calls, "").id(), user(calls, "").id());
      var group = group(calls, ids.get(0), ids.get(1));
      patched(calls, path(group), op("replace", "members", values(ids.get(1), ids.get(2))));
      assertThat(members(calls, group)).containsExactlyInAnyOrder(ids.get(1), ids.get(2));
      var noPath = whole("replace", "{'members': " + values(ids.get(0)) + "}");
      patched(calls, path(group), noPath);
      assertThat(members(calls, group)).containsExactly(ids.get(0));
    }
  }

  @Test
  @DisplayName("C3/105 remove and add in one request: both, in order")
  void case105_operationsInOrder() {
    for (var calls : both()) {
      var one = user(calls, "").id();
      var two = user(calls, "").id();
      var group = group(calls, one);
      var path = path(group);
      var addTwo = op("add", "members", "[{'value': '" + two + "', 'display': 'two'}]");
      patched(calls, path, op("remove", one(one)), addTwo);
      assertThat(members(calls, group)).containsExactly(two);
      patched(calls, path, op("remove", one(two)), addTwo);
      assertThat(members(calls, group)).containsExactly(two);
      patched(calls, path, addTwo, op("remove", one(two)));
      assertThat(members(calls, group)).isEmpty();
      patched(calls, path, op("add", "members", values(one)), op("remove", "members"), addTwo);
      assertThat(members(calls, group)).containsExactly(two);
    }
  }

  @Test
  @DisplayName(
      "C3/106 without a path, {id, displayName}: renamed, the id ignored (strict: refused)")
  void case106_renamedWithItsId() {
    for (var calls : both()) {
      var user = user(calls, "").id();
      var group = group(calls, user);
      var name = "New " + name();
      var rename = whole("replace", "{'id': '" + group.id() + "', 'displayName': '" + name + "'}");
      if (isStrict(calls)) {
        assertError(calls.change(path(group), rename), 400, "mutability");
        assertSame(calls, group);
        continue;
      }
      var done = patched(calls, path(group), rename);
      assertThat(done.id()).isEqualTo(group.id());
      assertThat(done.text("/displayName")).isEqualTo(name);
      assertThat(members(calls, group)).containsExactly(user);
      assertThat(calls.get("/Users/" + user).text("/groups/0/display")).isEqualTo(name);
    }
  }

  @Test
  @DisplayName("C3/107 replace members[…].display: 400 mutability")
  void case107_aMemberIsNeverChanged() {
    for (var calls : both()) {
      var user = user(calls, "").id();
      var group = group(calls, user);
      for (var sub : List.of("display", "value", "$ref")) {
        var change = op("replace", one(user) + "." + sub, "'x'");
        assertError(calls.change(path(group), change), 400, "mutability");
        var added = op("add", one(user) + "." + sub, "'x'");
        assertError(calls.change(path(group), added), 400, "mutability");
      }
      var other = user(calls, "").id();
      assertError(
          calls.change(path(group), op("add", one(user), "{'value': '" + other + "'}")),
          400,
          "mutability");
      assertSame(calls, group);
    }
  }

  @Test
  @DisplayName("C3/108 GET ?excludedAttributes=members: no members")
  void case108_membersExcluded() {
    for (var calls : both()) {
      var group = group(calls, user(calls, "").id());
      for (var query : List.of("?excludedAttributes=members", "?attributes=displayName")) {
        var got = calls.get(path(group) + query).json();
        assertThat(got.has("members")).isFalse();
        assertThat(got.path("displayName").asString("")).isEqualTo(group.text("/displayName"));
      }
      var filter = "&filter=id+eq+%22" + group.id() + "%22";
      var list = calls.get("/Groups?excludedAttributes=members" + filter);
      assertThat(ids(list)).containsExactly(group.id());
      assertThat(list.json().at("/Resources/0").has("members")).isFalse();
      assertThat(calls.get("/Groups?count=1" + filter).json().at("/Resources/0").has("members"))
          .isTrue();
    }
  }

  @Test
  @DisplayName("C3/109 filter displayName eq: in any letter case")
  void case109_aGroupByItsName() {
    for (var calls : both()) {
      var group = group(calls);
      var name = group.text("/displayName");
      for (var asked : List.of(name, name.toUpperCase(Locale.ROOT))) {
        var found = calls.filter("/Groups", "displayName eq \"" + asked + "\"");
        assertThat(ids(found)).containsExactly(group.id());
      }
      assertThat(calls.filter("/Groups", "displayName eq \"" + name + "x\"").total()).isZero();
    }
  }

  @Test
  @DisplayName("C3/110 filter members.value eq, members[value eq]: the groups of a user")
  void case110_groupsByTheirMember() {
    for (var calls : both()) {
      var user = user(calls, "").id();
      var one = group(calls, user).id();
      var two = group(calls, user, user(calls, "").id()).id();
      group(calls, user(calls, "").id());
      for (var filter :
          List.of("members.value eq '%s'", "members[value eq '%s']", "members eq '%s'")) {
        assertThat(ids(calls.filter("/Groups", quoted(filter.formatted(user)))))
            .as(filter)
            .containsExactlyInAnyOrder(one, two);
      }
    }
  }

  @Test
  @DisplayName("C3/111 a deleted user leaves groups and manager.value, each with its event")
  void case111_aDeletedUserLeavesNoReference() {
    try (var world = new SignalWorld()) {
      var calls = world.acme();
      var boss = user(calls, "");
      var managed = "'" + ENTERPRISE + "': {%s'manager': {'value': '" + boss.id() + "'}}";
      var report = user(calls, managed.formatted("'department': 'D', "));
      var bare = user(calls, managed.formatted(""));
      var group = group(calls, boss.id(), report.id());
      var receiver = world.receiver(TestServer.ACME);
      var stream = receiver.polled(EventType.PATCH_NOTICE, EventType.PATCH_FULL, EventType.DELETE);
      assertThat(calls.delete(path(boss)).status()).isEqualTo(204);
      assertThat(members(calls, group)).containsExactly(report.id());
      assertThat(calls.get(path(group)).text("/meta/version")).isEqualTo("W/\"2\"");
      var left = calls.get(path(report));
      assertThat(left.json().path(ENTERPRISE).toString()).isEqualTo("{\"department\":\"D\"}");
      assertThat(left.text("/meta/version")).isEqualTo("W/\"2\"");
      var alone = calls.get(path(bare)).json();
      assertThat(alone.has(ENTERPRISE)).isFalse();
      assertThat(alone.path("schemas").toString()).isEqualTo("[\"" + Schema.USER + "\"]");
      assertThat(found(calls, ENTERPRISE + ":manager.value eq '" + boss.id() + "'")).isEmpty();
      var told = Signals.tokens(receiver, receiver.poll(stream, ""));
      assertThat(told)
          .extracting(t -> t.type() + " " + t.id())
          .containsExactlyInAnyOrder(
              EventType.DELETE + " " + boss.id(),
              EventType.PATCH_NOTICE + " " + report.id(),
              EventType.PATCH_FULL + " " + report.id(),
              EventType.PATCH_NOTICE + " " + bare.id(),
              EventType.PATCH_FULL + " " + bare.id(),
              EventType.PATCH_NOTICE + " " + group.id(),
              EventType.PATCH_FULL + " " + group.id());
    }
  }

  @Test
  @DisplayName("C3/112 User.groups: value, $ref, display, type; read only")
  void case112_aUserShowsItsGroups() {
    for (var calls : both()) {
      var user = user(calls, "").id();
      var inner = group(calls, user);
      var outer = group(calls, inner.id());
      var groups = calls.get("/Users/" + user).json().path("groups");
      assertThat(texts(groups, "value")).containsExactlyInAnyOrder(inner.id(), outer.id());
      for (var shown : groups) {
        var direct = shown.path("value").asString("").equals(inner.id());
        var group = direct ? inner : outer;
        assertThat(shown.path("$ref").asString("")).isEqualTo(group.text("/meta/location"));
        assertThat(shown.path("display").asString("")).isEqualTo(group.text("/displayName"));
        assertThat(shown.path("type").asString("")).isEqualTo(direct ? "direct" : "indirect");
      }
      var before = calls.get("/Users/" + user);
      var put = calls.put("/Users/" + user, body(before.text("/userName"), "'groups': []"));
      assertThat(put.json().path("groups")).isEqualTo(groups);
      var list = calls.filter("/Users", "id eq \"" + user + "\"");
      assertThat(list.json().at("/Resources/0/groups")).isEqualTo(groups);
      var page = calls.get("/Users?count=1000").json().path("Resources").valueStream();
      assertThat(page.filter(u -> u.path("id").asString("").equals(user)))
          .singleElement()
          .satisfies(u -> assertThat(u.path("groups")).isEqualTo(groups));
      var locked = calls.change("/Users/" + user, whole("replace", "{'active': false}"));
      assertThat(locked.json().path("groups")).isEqualTo(groups);
    }
  }

  @Test
  @DisplayName("C3/113 a group as member: type Group; a circle: 400 invalidValue")
  void case113_groupsInGroups() {
    for (var calls : both()) {
      var inner = group(calls);
      var middle = group(calls, inner.id());
      var outer = group(calls, middle.id());
      assertThat(middle.text("/members/0/type")).isEqualTo("Group");
      assertThat(middle.text("/members/0/$ref")).isEqualTo(inner.text("/meta/location"));
      for (var circle : List.of(inner, middle, outer)) {
        var add = op("add", "members", values(circle.id()));
        assertError(calls.change(path(inner), add), 400, "invalidValue");
        var put = calls.put(path(inner), groupBody("Circle", circle.id()));
        assertError(put, 400, "invalidValue");
      }
      assertSame(calls, inner);
      assertThat(calls.delete(path(inner)).status()).isEqualTo(204);
      assertThat(calls.with("If-None-Match", middle.header("ETag")).get(path(middle)).status())
          .as("the group has another version without its member")
          .isEqualTo(200);
      assertThat(members(calls, middle)).isEmpty();
    }
  }
}
