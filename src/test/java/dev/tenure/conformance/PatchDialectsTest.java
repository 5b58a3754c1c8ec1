package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// C3, cases 84 to 96: PATCH of users, as identity providers write it and as nobody should.
class PatchDialectsTest extends Conformance {
  private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private static void assertRefused(Calls calls, Answer user, String type, String... operations) {
    assertError(calls.change(path(user), operations), 400, type);
    assertSame(calls, user);
  }

  @Test
  @DisplayName("C3/84 remove a whole extension: gone, and its URN from schemas")
  void case084_anExtensionIsRemoved() {
    for (var calls : both()) {
      var made = user(calls, "'title': 'T', '" + ENTERPRISE + "': {'department': 'D'}");
      assertThat(made.json().path("schemas").size()).isEqualTo(2);
      var done = patched(calls, path(made), op("remove", ENTERPRISE));
      assertThat(done.json().has(ENTERPRISE)).isFalse();
      assertThat(done.json().path("schemas").toString()).isEqualTo("[\"" + Schema.USER + "\"]");
      assertThat(done.text("/title")).isEqualTo("T");
      assertThat(found(calls, "id eq '" + made.id() + "' and " + ENTERPRISE + ":department pr"))
          .isEmpty();
    }
  }

  @Test
  @DisplayName("C3/85 remove emails[type eq \"work\"].value with another value: removed")
  void case085_removeIgnoresItsValue() {
    for (var calls : both()) {
      var emails =
          "'emails': [{'value': 'w@x', 'type': 'work', 'primary': true},"
              + " {'value': 'h@x', 'type': 'home'}]";
      var done =
          patched(
              calls,
              path(user(calls, emails)),
              op("remove", "emails[type eq 'work'].value", "'foreign@x'"));
      assertThat(done.json().path("emails").toString())
          .isEqualTo("[{\"type\":\"home\",\"value\":\"h@x\"}]");
    }
  }

  @Test
  @DisplayName("C3/86 op REMOVE: accepted; \"operations\": tolerant only")
  void case086_letterCaseOfOperations() {
    for (var calls : both()) {
      var made = user(calls, "'title': 'T'");
      assertThat(patched(calls, path(made), op("REMOVE", "title")).json().has("title")).isFalse();
      var lower =
          quoted("{'schemas': ['%s'], 'operations': [%s]}")
              .formatted(PATCH_OP, op("Add", "title", "'L'"));
      var answer = calls.patch(path(made), lower);
      if (!isStrict(calls)) {
        assertThat(answer.text("/title")).isEqualTo("L");
      } else {
        assertError(answer, 400, "invalidSyntax");
        assertThat(calls.get(path(made)).json().has("title")).isFalse();
      }
    }
  }

  @Test
  @DisplayName("C3/87 op move, or no operation: 400 invalidSyntax")
  void case087_operationsThatAreNone() {
    for (var calls : both()) {
      var made = user(calls, "'title': 'T'");
      assertRefused(calls, made, "invalidSyntax", op("move", "title", "'X'"));
      assertRefused(calls, made, "invalidSyntax");
      assertRefused(calls, made, "invalidSyntax", "{\"path\": \"title\", \"value\": \"X\"}");
      assertRefused(calls, made, "invalidSyntax", "\"remove\"");
      var none = "{\"schemas\": [\"" + PATCH_OP + "\"]}";
      assertError(calls.patch(path(made), none), 400, "invalidSyntax");
      assertSame(calls, made);
    }
  }

  @Test
  @DisplayName("C3/88 path emails[ or nosuch.attr: 400 invalidPath")
  void case088_pathsThatAreNone() {
    for (var calls : both()) {
      var made = user(calls, "'title': 'T'");
      for (var path :
          List.of(
              "emails[",
              "nosuch.attr",
              "nosuch",
              "name.nosuch",
              "emails[type eq 'a'].nosuch",
              "emails[type regex 'a']",
              "title[value eq 'T']",
              ENTERPRISE + ":nosuch")) {
        assertRefused(calls, made, "invalidPath", op("replace", path, "'X'"));
        assertRefused(calls, made, "invalidPath", op("remove", path));
      }
    }
  }

  @Test
  @DisplayName("C3/89 three operations, the third fails: nothing changes")
  void case089_allOrNothing() {
    for (var calls : both()) {
      var made = user(calls, "'title': 'T'");
      assertRefused(
          calls,
          made,
          "mutability",
          op("replace", "title", "'X'"),
          op("add", "nickName", "'N'"),
          op("replace", "id", "'Y'"));
    }
  }

  @Test
  @DisplayName("C3/90 replace groups: 400 mutability; without a path tolerant reading ignores it")
  void case090_groupsAreReadOnly() {
    for (var calls : both()) {
      var made = user(calls, "");
      var group = group(calls, made.id());
      var user = calls.get(path(made));
      assertRefused(calls, user, "mutability", op("replace", "groups", "[]"));
      var noPath = whole("replace", "{'groups': [], 'id': 'x', 'title': 'T'}");
      if (isStrict(calls)) {
        assertRefused(calls, user, "mutability", noPath);
      } else {
        var done = patched(calls, path(user), noPath);
        assertThat(done.text("/title")).isEqualTo("T");
        assertThat(done.text("/groups/0/value")).isEqualTo(group.id());
      }
    }
  }

  @Test
  @DisplayName("C3/91 add manager as text, as an object, as a list of one: the complex form")
  void case091_aManagerInEveryShape() {
    var boss = user(tolerant, "").id();
    for (var value :
        List.of("'%s'", "{'value': '%s'}", "[{'value': '%s', '$ref': '../Users/x'}]")) {
      for (var path : List.of(ENTERPRISE + ":manager", "manager")) {
        var made = user(tolerant, "");
        var done = patched(tolerant, path(made), op("add", path, value.formatted(boss)));
        assertThat(done.json().path(ENTERPRISE).at("/manager/value").asString("")).isEqualTo(boss);
        var filter = ENTERPRISE + ":manager.value eq '" + boss + "' and id eq '" + made.id() + "'";
        assertThat(found(tolerant, filter)).containsExactly(made.id());
      }
    }
    var made = user(strict, "");
    var manager = ENTERPRISE + ":manager";
    assertRefused(strict, made, "invalidValue", op("add", manager, "'" + boss + "'"));
    assertRefused(strict, made, "invalidValue", op("add", manager, "[{'value': 'x'}]"));
    assertRefused(strict, made, "invalidPath", op("add", "manager", "{'value': 'x'}"));
    var done = patched(strict, path(made), op("add", manager, "{'value': '" + boss + "'}"));
    assertThat(done.json().path(ENTERPRISE).at("/manager/value").asString("")).isEqualTo(boss);
  }

  @Test
  @DisplayName("C3/92 Add roles with JSON as text: the role's value and display")
  void case092_aRoleInText() {
    var value =
        """
        [{"value": "{\\"value\\":\\"Agent\\",\\"displayName\\":\\"The agent\\"}"}]\
        """;
    var made = user(tolerant, "");
    var add = "{\"op\": \"Add\", \"path\": \"roles\", \"value\": " + value + "}";
    var done = patched(tolerant, path(made), add);
    assertThat(done.json().path("roles").size()).isOne();
    assertThat(done.text("/roles/0/value")).isEqualTo("Agent");
    assertThat(done.text("/roles/0/display")).isEqualTo("The agent");
    assertThat(found(tolerant, "id eq '" + made.id() + "' and roles eq 'Agent'"))
        .containsExactly(made.id());
    var literal = patched(strict, path(user(strict, "")), add);
    assertThat(literal.text("/roles/0/value")).startsWith("{");
  }

  @Test
  @DisplayName("C3/93 replace roles[primary eq \"True\"].value: the primary role, made or replaced")
  void case093_thePrimaryRole() {
    var replace = op("Replace", "roles[primary eq 'True'].value", "'Supervisor'");
    var none = patched(tolerant, path(user(tolerant, "")), replace);
    assertThat(none.text("/roles/0/value")).isEqualTo("Supervisor");
    assertThat(none.json().at("/roles/0/primary").toString()).isEqualTo("true");
    var roles = "'roles': [{'value': 'Guest'}, {'value': 'Agent', 'primary': true}]";
    var done = patched(tolerant, path(user(tolerant, roles)), replace);
    assertThat(texts(done.json().path("roles"), "value")).containsExactly("Guest", "Supervisor");
    var made = user(strict, roles);
    assertRefused(strict, made, "invalidPath", replace);
    var exact = op("replace", "roles[primary eq true].value", "'Supervisor'");
    assertThat(texts(patched(strict, path(made), exact).json().path("roles"), "value"))
        .containsExactly("Guest", "Supervisor");
    assertRefused(strict, user(strict, ""), "noTarget", exact);
  }

  @Test
  @DisplayName("C3/94 PATCH ?attributes=userName: 200 with that")
  void case094_attributesAskForABody() {
    for (var calls : both()) {
      var made = user(calls, "");
      for (var client : List.of(calls, quiet(calls))) {
        var query = path(made) + "?attributes=userName";
        var done = client.change(query, op("add", "title", "'" + name() + "'"));
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().propertyNames())
            .containsExactlyInAnyOrder("schemas", "id", "userName");
      }
      assertThat(calls.get(path(made)).text("/meta/version")).isEqualTo("W/\"3\"");
      assertThat(quiet(calls).change(path(made), op("add", "title", "'q'")).status())
          .isEqualTo(204);
    }
  }

  /// The client that wants no resource after a PATCH; its token is the same in all organizations.
  private static Calls quiet(Calls calls) {
    return calls.as(dev.tenure.organization.TestServer.QUIET);
  }

  @Test
  @DisplayName("C3/95 PATCH with a stale If-Match: 412, no change")
  void case095_aStaleVersion() {
    for (var calls : both()) {
      var made = user(calls, "");
      var now = patched(calls, path(made), op("add", "title", "'now'"));
      var late = op("add", "title", "'late'");
      assertError(calls.with("If-Match", made.header("ETag")).change(path(made), late), 412, "");
      assertSame(calls, now);
      var done = calls.with("If-Match", now.header("ETag")).change(path(made), late);
      assertThat(done.text("/title")).isEqualTo("late");
    }
  }

  @Test
  @DisplayName("C3/96 PATCH body without the PatchOp schema: strict 400 invalidSyntax")
  void case096_theSchemaOfThePatch() {
    var operations = ", 'Operations': [{'op': 'add', 'path': 'title', 'value': 'T'}]}";
    for (var schemas : List.of("{'x': 1", "{'schemas': []", "{'schemas': ['urn:x']")) {
      var made = user(strict, "");
      assertError(strict.patch(path(made), quoted(schemas + operations)), 400, "invalidSyntax");
      assertSame(strict, made);
      var done = tolerant.patch(path(user(tolerant, "")), quoted(schemas + operations));
      assertThat(done.text("/title")).isEqualTo("T");
    }
  }
}
