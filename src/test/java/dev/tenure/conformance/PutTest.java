package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.registry.Registry;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.SchemaDocument;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// C3, cases 57 to 67: PUT.
class PutTest extends Conformance {
  private static final String MORE =
      "'title': 'T', 'nickName': 'N', 'name': {'givenName': 'A', 'familyName': 'B'},"
          + " 'emails': [{'value': 'a@b', 'type': 'work', 'primary': true}]";

  @Test
  @DisplayName("C3/57 PUT a whole user: 200 with the body and a new ETag")
  void case057_aUserIsReplaced() {
    for (var calls : both()) {
      var made = user(calls, MORE);
      var put = calls.put(path(made), body(made.text("/userName"), "'title': 'new'"));
      assertThat(put.status()).isEqualTo(200);
      assertThat(put.id()).isEqualTo(made.id());
      assertThat(put.text("/title")).isEqualTo("new");
      assertThat(put.json().has("name")).isFalse();
      assertThat(put.header("ETag"))
          .isEqualTo(put.text("/meta/version"))
          .isNotEqualTo(made.header("ETag"));
      assertThat(put.text("/meta/created")).isEqualTo(made.text("/meta/created"));
      assertSame(calls, put);
    }
  }

  @Test
  @DisplayName("C3/58 PUT with another id and meta: ignored")
  void case058_readOnlyValuesAreIgnored() {
    for (var calls : both()) {
      var made = user(calls, MORE);
      var more =
          "'id': 'x', 'meta': {'created': '2001-01-01T00:00:00Z', 'resourceType': 'Group',"
              + " 'version': 'W/\\'99\\''}, 'groups': [], 'title': 'new'";
      var sent = body(made.text("/userName"), more.replace("\\'", ""));
      var put = calls.put(path(made), sent);
      assertThat(put.status()).as(put.response().body()).isEqualTo(200);
      assertThat(put.id()).isEqualTo(made.id());
      assertThat(put.text("/meta/created")).isEqualTo(made.text("/meta/created"));
      assertThat(put.text("/meta/resourceType")).isEqualTo("User");
      assertThat(put.text("/meta/version")).isEqualTo("W/\"2\"");
      assertThat(calls.get("/Users/x").status()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("C3/59 PUT without an attribute: cleared; without active: as it was")
  void case059_whatIsLeftOutIsCleared() {
    for (var calls : both()) {
      for (var active : new String[] {"true", "false"}) {
        var made = user(calls, MORE + ", 'password': 'hush', 'active': " + active);
        var put = calls.put(path(made), body(made.text("/userName"), ""));
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().propertyNames())
            .containsExactlyInAnyOrder("schemas", "id", "userName", "active", "meta");
        assertThat(put.json().path("active").toString()).isEqualTo(active);
        assertSame(calls, put);
      }
    }
  }

  @Test
  @DisplayName("C3/60 PUT without userName: 400 invalidValue")
  void case060_theNameIsRequired() {
    for (var calls : both()) {
      var made = user(calls, MORE);
      var nameless = quoted("{'schemas': ['%s'], 'title': 'X'}".formatted(made.text("/schemas/0")));
      assertError(calls.put(path(made), nameless), 400, "invalidValue");
      assertSame(calls, made);
    }
  }

  @Test
  @DisplayName("C3/61 PUT name null, emails []: cleared")
  void case061_nothingClears() {
    for (var calls : both()) {
      var made = user(calls, MORE);
      var put = calls.put(path(made), body(made.text("/userName"), "'name': null, 'emails': []"));
      assertThat(put.status()).isEqualTo(200);
      assertThat(put.json().has("name")).isFalse();
      assertThat(put.json().has("emails")).isFalse();
      assertThat(found(calls, "id eq '" + made.id() + "' and (name pr or emails pr)")).isEmpty();
      assertSame(calls, put);
    }
  }

  @Test
  @DisplayName("C3/62 PUT to an unknown id: 404, nothing made")
  void case062_putNeverCreates() {
    for (var calls : both()) {
      var before = calls.get("/Users?count=0").total();
      var name = name();
      assertError(calls.put("/Users/" + UUID.randomUUID(), body(name, "")), 404, "");
      assertError(calls.put("/Users/chosen", body(name, "")), 404, "");
      assertThat(calls.get("/Users?count=0").total()).isEqualTo(before);
      assertThat(found(calls, "userName eq '" + name + "'")).isEmpty();
    }
  }

  @Test
  @DisplayName("C3/63 PUT with a taken userName: 409 uniqueness")
  void case063_aTakenName() {
    for (var calls : both()) {
      var holder = user(calls, "");
      var other = user(calls, MORE);
      var put = calls.put(path(other), body(holder.text("/userName"), ""));
      assertError(put, 409, "uniqueness");
      assertThat(put.text("/detail")).contains(holder.id());
      assertSame(calls, holder);
      assertSame(calls, other);
    }
  }

  /// An extension of users with an immutable attribute.
  private static Registry badges() {
    var schema =
        """
        {'id': 'urn:example:badge', 'name': 'Badge',
          'attributes': [{'name': 'number', 'type': 'string', 'mutability': 'immutable'}]}\
        """;
    var extension = new Registry.Extension("urn:example:badge", false);
    return new Registry(
        List.of(SchemaDocument.read((ObjectNode) ScimJson.read(quoted(schema)))),
        List.of(new Registry.Declared("User", "/Users", "", Schema.USER, List.of(extension))));
  }

  @Test
  @DisplayName("C3/64 PUT another value of an immutable attribute: 400 mutability; the same: 200")
  void case064_anImmutableValueStays() {
    var badge = "'urn:example:badge': {'number': '%s'}";
    try (var with = TestServer.start(configs(badges()))) {
      for (var calls : new TestServer.Calls[] {with.acme(), with.scim(STRICT)}) {
        var made = user(calls, badge.formatted("7"));
        var name = made.text("/userName");
        var put = calls.put(path(made), body(name, badge.formatted("8")));
        assertError(put, 400, "mutability");
        assertThat(put.text("/detail")).contains("number");
        assertSame(calls, made);
        var same = calls.put(path(made), body(name, badge.formatted("7") + ", 'title': 'T'"));
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.text("/title")).isEqualTo("T");
        assertError(
            calls.change(path(made), op("replace", "urn:example:badge:number", "'8'")),
            400,
            "mutability");
        assertSame(calls, same);
      }
    }
  }

  @Test
  @DisplayName("C3/65 PUT with a stale If-Match: 412, no change")
  void case065_aStaleVersion() {
    for (var calls : both()) {
      var made = user(calls, MORE);
      var now = patched(calls, path(made), op("replace", "title", "'X'"));
      var body = body(made.text("/userName"), "");
      assertError(calls.with("If-Match", made.header("ETag")).put(path(made), body), 412, "");
      assertSame(calls, now);
      var put = calls.with("If-Match", now.header("ETag")).put(path(made), body);
      assertThat(put.status()).isEqualTo(200);
      assertThat(put.json().has("title")).isFalse();
    }
  }

  @Test
  @DisplayName("C3/66 PUT a group with no members: emptied; members without type: users")
  void case066_aGroupIsReplaced() {
    for (var calls : both()) {
      var user = user(calls, "");
      var group = group(calls, user.id());
      var emptied = calls.put(path(group), groupBody("Empty " + name()));
      assertThat(emptied.status()).isEqualTo(200);
      assertThat(emptied.json().has("members")).isFalse();
      assertSame(calls, emptied);
      assertThat(calls.get(path(user)).json().has("groups")).isFalse();
      var filled = calls.put(path(group), groupBody("Filled", user.id()));
      assertThat(filled.json().path("members").size()).isOne();
      assertThat(filled.text("/members/0/value")).isEqualTo(user.id());
      assertThat(filled.text("/members/0/type")).isEqualTo("User");
      assertThat(filled.text("/members/0/$ref")).isEqualTo(user.text("/meta/location"));
      assertSame(calls, filled);
    }
  }

  @Test
  @DisplayName("C3/67 PUT what is stored: 200, lastModified as it was")
  void case067_noDifferenceIsNoChange() {
    for (var calls : both()) {
      var made = user(calls, MORE + ", '" + ENTERPRISE + "': {'department': 'D'}");
      var echo = (ObjectNode) ScimJson.read(made.response().body());
      var put = calls.put(path(made), echo.toString());
      assertThat(put.status()).isEqualTo(200);
      assertThat(put.json()).isEqualTo(made.json());
      assertSame(calls, made);
      var organization = isStrict(calls) ? STRICT : TestServer.ACME;
      assertThat(audited(organization, "user.updated", made.id())).isEmpty();
    }
    var member = user(tolerant, "").id();
    var group = group(tolerant, member);
    var put = tolerant.put(path(group), group.response().body());
    assertThat(put.json()).isEqualTo(group.json());
    assertSame(tolerant, group);
  }
}
