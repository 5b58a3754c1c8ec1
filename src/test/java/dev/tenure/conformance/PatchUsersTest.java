package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Schema;
import dev.tenure.signal.EventType;
import dev.tenure.signal.SignalWorld;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// C3, cases 68 to 83: PATCH of users, operation by operation.
class PatchUsersTest extends Conformance {
  private static final String EMAILS =
      "'emails': [{'value': 'w@x', 'type': 'work', 'primary': true},"
          + " {'value': 'h@x', 'type': 'home'}]";

  /// What a user has at a pointer, as text.
  private static String at(Answer user, String pointer) {
    return user.json().at(pointer).toString();
  }

  private static List<String> emails(Answer user) {
    return user.json()
        .path("emails")
        .valueStream()
        .map(e -> e.path("type").asString("-") + "=" + e.path("value").asString("-"))
        .toList();
  }

  private static void assertRefused(Calls calls, Answer user, String type, String operation) {
    assertError(calls.change(path(user), operation), 400, type);
    assertSame(calls, user);
  }

  @Test
  @DisplayName("C3/68 replace active false: sessions end, events are told")
  void case068_deactivation() {
    try (var world = new SignalWorld()) {
      var calls = world.acme();
      var receiver = world.receiver(TestServer.ACME);
      var stream = receiver.polled(EventType.SESSION_REVOKED, EventType.DEACTIVATE);
      var made = user(calls, "");
      var begun = calls.at("/acme").post("/sessions", "{\"user\": \"" + made.id() + "\"}");
      var form = "token=" + begun.text("/token");
      var introspection =
          calls.at("/acme").with("Content-Type", "application/x-www-form-urlencoded");
      assertThat(at(introspection.post("/introspect", form), "/active")).isEqualTo("true");
      var off = patched(calls, path(made), op("replace", "active", "false"));
      assertThat(at(off, "/active")).isEqualTo("false");
      assertThat(at(introspection.post("/introspect", form), "/active")).isEqualTo("false");
      assertThat(Signals.tokens(receiver, receiver.poll(stream, "")))
          .extracting(t -> t.type() + " " + t.id())
          .containsExactly(
              EventType.SESSION_REVOKED + " " + made.id(), EventType.DEACTIVATE + " " + made.id());
    }
    var made = user(strict, "");
    assertThat(at(patched(strict, path(made), op("replace", "active", "false")), "/active"))
        .isEqualTo("false");
    assertThat(audited(STRICT, "user.deactivated", made.id())).hasSize(1);
  }

  @Test
  @DisplayName("C3/69 Replace active \"False\": tolerant; strict 400 invalidValue")
  void case069_aBooleanAsText() {
    for (var text : List.of("'False'", "'false'", "' FALSE '")) {
      var off = patched(tolerant, path(user(tolerant, "")), op("Replace", "active", text));
      assertThat(at(off, "/active")).isEqualTo("false");
    }
    assertRefused(strict, user(strict, ""), "invalidValue", op("replace", "active", "'False'"));
  }

  @Test
  @DisplayName("C3/70 replace without a path, {\"active\": false}: deactivated")
  void case070_deactivationWithoutAPath() {
    for (var calls : both()) {
      var off =
          patched(calls, path(user(calls, "'title': 'T'")), whole("replace", "{'active': false}"));
      assertThat(at(off, "/active")).isEqualTo("false");
      assertThat(off.text("/title")).isEqualTo("T");
    }
  }

  @Test
  @DisplayName("C3/71 without a path: name.givenName and urn:…:employeeNumber as keys")
  void case071_keysThatArePaths() {
    for (var calls : both()) {
      var made = user(calls, "'name': {'familyName': 'B', 'givenName': 'old'}");
      var number = ENTERPRISE + ":employeeNumber";
      var value = "{'displayName': 'M', 'name.givenName': 'A', '%s': '20071'}".formatted(number);
      var done = patched(calls, path(made), whole("replace", value));
      assertThat(at(done, "/name")).contains("\"givenName\":\"A\"", "\"familyName\":\"B\"");
      assertThat(done.text("/displayName")).isEqualTo("M");
      assertThat(done.json().path(ENTERPRISE).toString())
          .isEqualTo("{\"employeeNumber\":\"20071\"}");
      assertThat(at(done, "/schemas")).contains(ENTERPRISE);
    }
  }

  @Test
  @DisplayName("C3/72 without a path: the object of an extension is merged")
  void case072_anExtensionIsMerged() {
    for (var calls : both()) {
      var made = user(calls, "'" + ENTERPRISE + "': {'department': 'D', 'costCenter': 'C'}");
      var value = "{'" + ENTERPRISE + "': {'department': 'X'}}";
      for (var op : List.of("replace", "add")) {
        var done = patched(calls, path(made), whole(op, value)).json().path(ENTERPRISE);
        assertThat(done.path("department").asString("")).isEqualTo("X");
        assertThat(done.path("costCenter").asString("")).isEqualTo("C");
      }
    }
  }

  @Test
  @DisplayName("C3/73 add an attribute that has a value: replaced; the same: no change")
  void case073_addToOneValue() {
    for (var calls : both()) {
      var made = user(calls, "'title': 'old'");
      var done = patched(calls, path(made), op("add", "title", "'new'"));
      assertThat(done.text("/title")).isEqualTo("new");
      assertThat(done.header("ETag")).isNotEqualTo(made.header("ETag"));
      var again = patched(calls, path(made), op("add", "title", "'new'"));
      assertThat(again.json()).isEqualTo(done.json());
      assertSame(calls, done);
    }
  }

  @Test
  @DisplayName("C3/74 add emails: appended; one that is there: not again")
  void case074_addToAList() {
    for (var calls : both()) {
      var path = path(user(calls, EMAILS));
      var more = op("add", "emails", "[{'value': 'o@x', 'type': 'other'}]");
      assertThat(emails(patched(calls, path, more)))
          .containsExactly("work=w@x", "home=h@x", "other=o@x");
      var done =
          patched(calls, path, more, op("add", "emails", "[{'value': 'W@x', 'type': 'work'}]"));
      assertThat(emails(done)).hasSize(3);
    }
  }

  @Test
  @DisplayName("C3/75 add emails[type eq \"work\"].value where there is none: made")
  void case075_addMakesWhatTheFilterNames() {
    for (var calls : both()) {
      var path = path(user(calls, "'emails': [{'value': 'h@x', 'type': 'home'}]"));
      var done = patched(calls, path, op("add", "emails[type eq 'work'].value", "'w@x'"));
      assertThat(emails(done)).containsExactly("home=h@x", "work=w@x");
    }
  }

  @Test
  @DisplayName("C3/76 three adds to addresses[type eq \"work\"]: one address")
  void case076_severalAddsMakeOneValue() {
    for (var calls : both()) {
      var address = "addresses[type eq 'work'].";
      var done =
          patched(
              calls,
              path(user(calls, "")),
              op("add", address + "formatted", "'12 Quay St'"),
              op("add", address + "locality", "'Cork'"),
              op("add", address + "region", "'Munster'"));
      assertThat(done.json().path("addresses").size()).isOne();
      assertThat(done.text("/addresses/0/type")).isEqualTo("work");
      assertThat(done.text("/addresses/0/formatted")).isEqualTo("12 Quay St");
      assertThat(done.text("/addresses/0/locality")).isEqualTo("Cork");
      assertThat(done.text("/addresses/0/region")).isEqualTo("Munster");
    }
  }

  @Test
  @DisplayName("C3/77 replace emails[type eq \"work\"].value where there is none: strict noTarget")
  void case077_replaceWithoutATarget() {
    var home = "'emails': [{'value': 'h@x', 'type': 'home'}]";
    var replace = op("replace", "emails[type eq 'work'].value", "'w@x'");
    assertRefused(strict, user(strict, home), "noTarget", replace);
    assertThat(emails(patched(tolerant, path(user(tolerant, home)), replace)))
        .containsExactly("home=h@x", "work=w@x");
  }

  @Test
  @DisplayName("C3/78 replace emails[type eq \"work\"] with an object: only that value")
  void case078_oneValueOfAListIsReplaced() {
    for (var calls : both()) {
      var path = path(user(calls, EMAILS));
      var value = "{'value': 'new@x', 'type': 'work', 'display': 'New'}";
      var done = patched(calls, path, op("replace", "emails[type eq 'work']", value));
      assertThat(emails(done)).containsExactly("work=new@x", "home=h@x");
      assertThat(done.text("/emails/0/display")).isEqualTo("New");
      assertThat(at(done, "/emails/0/primary")).as("not in the new value").isEmpty();
    }
  }

  @Test
  @DisplayName("C3/79 replace emails: all of them")
  void case079_aListIsReplaced() {
    for (var calls : both()) {
      var path = path(user(calls, EMAILS));
      var done =
          patched(calls, path, op("replace", "emails", "[{'value': 'o@x', 'type': 'other'}]"));
      assertThat(emails(done)).containsExactly("other=o@x");
      assertThat(patched(calls, path, op("replace", "emails", "[]")).json().has("emails"))
          .isFalse();
    }
  }

  @Test
  @DisplayName("C3/80 PATCH makes one value primary: the others are not")
  void case080_thePrimaryMoves() {
    for (var calls : both()) {
      var path = path(user(calls, EMAILS));
      var done = patched(calls, path, op("replace", "emails[type eq 'home'].primary", "true"));
      assertThat(at(done, "/emails/0/primary")).isEqualTo("false");
      assertThat(at(done, "/emails/1/primary")).isEqualTo("true");
      var added = op("add", "emails", "[{'value': 'o@x', 'type': 'other', 'primary': true}]");
      assertThat(done(calls, path, added)).containsExactly("false", "false", "true");
    }
  }

  private static List<String> done(Calls calls, String path, String operation) {
    return patched(calls, path, operation)
        .json()
        .path("emails")
        .valueStream()
        .map(e -> e.path("primary").toString())
        .toList();
  }

  @Test
  @DisplayName("C3/81 remove without a path: 400 noTarget")
  void case081_removeNeedsAPath() {
    for (var calls : both()) {
      var made = user(calls, "'title': 'T'");
      for (var remove : List.of("{'op': 'remove'}", "{'op': 'remove', 'value': {'title': 'T'}}")) {
        assertRefused(calls, made, "noTarget", quoted(remove));
      }
    }
  }

  @Test
  @DisplayName("C3/82 remove userName or id: 400 mutability")
  void case082_whatMustBeThereStays() {
    for (var calls : both()) {
      var made = user(calls, "");
      for (var name :
          List.of("userName", "id", "meta.created", "groups", Schema.USER + ":userName")) {
        assertRefused(calls, made, "mutability", op("remove", name));
      }
    }
  }

  @Test
  @DisplayName("C3/83 remove title: gone; remove name.givenName: only that")
  void case083_removed() {
    for (var calls : both()) {
      var path = path(user(calls, "'title': 'T', 'name': {'givenName': 'A', 'familyName': 'B'}"));
      var done = patched(calls, path, op("remove", "title"), op("remove", "name.givenName"));
      assertThat(done.json().has("title")).isFalse();
      assertThat(at(done, "/name")).isEqualTo("{\"familyName\":\"B\"}");
      var empty = patched(calls, path, op("remove", "name.familyName"));
      assertThat(empty.json().has("name")).isFalse();
    }
  }
}
