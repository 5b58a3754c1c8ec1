package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.registry.Registry;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.SchemaDocument;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What `docs/conformance.md` says of open points of the RFCs, where no case of C3 shows it.
class OpenPointsTest extends Conformance {

  @Test
  @DisplayName("point 8: what is required cannot be removed, in whatever way")
  void requiredAttributesStay() {
    for (var calls : both()) {
      var made = user(calls, "");
      for (var gone : List.of(op("replace", "userName", "null"), op("remove", "userName"))) {
        assertError(calls.change(path(made), gone), 400, "mutability");
      }
      assertError(calls.change(path(made), op("replace", "userName", "''")), 400, "invalidValue");
      assertSame(calls, made);
      var group = group(calls);
      assertError(calls.change(path(group), op("remove", "displayName")), 400, "mutability");
      assertSame(calls, group);
    }
  }

  @Test
  @DisplayName("points 13, 14: a bare word, and $ref")
  void namesOutsideTheGrammar() {
    var made = user(tolerant, "");
    assertThat(found(tolerant, "meta.resourceType eq User and id eq '" + made.id() + "'"))
        .containsExactly(made.id());
    assertError(strict.filter("/Users", "meta.resourceType eq User"), 400, "invalidFilter");
    for (var calls : both()) {
      var boss = "'" + ENTERPRISE + "': {'manager': {'value': 'b', '$ref': '../Users/%s'}}";
      var led = user(calls, boss.formatted("b" + name()));
      var ref = led.json().path(ENTERPRISE).at("/manager/$ref").asString("");
      assertThat(found(calls, ENTERPRISE + ":manager.$ref eq '" + ref + "'"))
          .containsExactly(led.id());
      var moved = op("replace", ENTERPRISE + ":manager.$ref", "'../Users/x'");
      assertThat(patched(calls, path(led), moved).json().path(ENTERPRISE).at("/manager/$ref"))
          .hasToString("\"../Users/x\"");
      group(calls, made(calls));
      assertThat(calls.filter("/Groups", "members.$ref pr").status()).isEqualTo(200);
    }
  }

  private static String made(TestServer.Calls calls) {
    return user(calls, "").id();
  }

  @Test
  @DisplayName("points 18, 19: eq null, and ne on a list")
  void nullAndNotEqual() {
    for (var calls : both()) {
      var emails = "'title': 'ne', 'emails': [{'value': 'a@x'}, {'value': 'b@x'}]";
      var two = user(calls, emails);
      var none = user(calls, "'title': 'ne'");
      var one = user(calls, "'title': 'ne', 'emails': [{'value': 'a@x'}]");
      assertThat(found(calls, "title eq 'ne' and nickName eq null"))
          .containsExactly(two.id(), none.id(), one.id());
      assertThat(found(calls, "title eq 'ne' and emails eq null")).containsExactly(none.id());
      assertThat(found(calls, "title eq 'ne' and emails ne null"))
          .containsExactly(two.id(), one.id());
      assertThat(found(calls, "title eq 'ne' and emails.value ne 'a@x'"))
          .containsExactly(two.id(), none.id());
      assertThat(found(calls, "title eq 'ne' and not (emails.value eq 'a@x')"))
          .containsExactly(none.id());
    }
  }

  /// An extension with a list of plain texts.
  private static Registry tags() {
    var schema =
        """
        {'id': 'urn:example:tags', 'name': 'Tags',
          'attributes': [{'name': 'tags', 'type': 'string', 'multiValued': true}]}\
        """;
    var extension = new Registry.Extension("urn:example:tags", false);
    return new Registry(
        List.of(SchemaDocument.read((ObjectNode) ScimJson.read(quoted(schema)))),
        List.of(new Registry.Declared("User", "/Users", "", Schema.USER, List.of(extension))));
  }

  @Test
  @DisplayName("point 20: value in the brackets of a list of plain values")
  void plainValuesAreCalledValue() {
    try (var tagged = TestServer.start(configs(tags()))) {
      for (var calls : List.of(tagged.acme(), tagged.scim(STRICT))) {
        var made = user(calls, "'urn:example:tags': {'tags': ['red', 'blue', 'red']}");
        assertThat(made.json().path("urn:example:tags").path("tags").toString())
            .isEqualTo("[\"red\",\"blue\"]");
        var red = "urn:example:tags:tags[value eq '%s']";
        assertThat(found(calls, red.formatted("red"))).containsExactly(made.id());
        assertThat(found(calls, red.formatted("green"))).isEmpty();
        var done = patched(calls, path(made), op("remove", red.formatted("red")));
        assertThat(done.json().path("urn:example:tags").path("tags").toString())
            .isEqualTo("[\"blue\"]");
      }
    }
  }

  @Test
  @DisplayName("points 24, 29: ids are compared exactly")
  void idsAreExact() {
    for (var calls : both()) {
      var user = user(calls, "").id();
      var group = group(calls, user);
      var upper = user.toUpperCase(Locale.ROOT);
      assertError(calls.get("/Users/" + upper), 404, "");
      assertThat(found(calls, "id eq '" + upper + "'")).isEmpty();
      assertThat(calls.filter("/Groups", "members.value eq \"" + upper + "\"").total()).isZero();
      patched(calls, path(group), op("remove", "members[value eq '" + upper + "']"));
      assertSame(calls, group);
    }
  }

  @Test
  @DisplayName("point 27: letter case makes no other name, the form of an accent does")
  void namesAreFoldedByLetterCaseOnly() {
    for (var calls : both()) {
      var name = "Zoë." + name();
      var made = calls.post("/Users", body(name, ""));
      assertThat(made.text("/userName")).isEqualTo(name);
      var upper = name.toUpperCase(Locale.ROOT);
      assertError(calls.post("/Users", body(upper, "")), 409, "uniqueness");
      var decomposed = name.replace("ë", "e\u0308");
      assertThat(calls.post("/Users", body(decomposed, "")).status()).isEqualTo(201);
    }
  }

  @Test
  @DisplayName("point 50: the same value twice is one, in POST, PUT and PATCH")
  void noValueTwice() {
    var twice =
        "[{'value': 'a@x', 'type': 'work'}, {'value': 'A@x', 'type': 'work'},"
            + " {'value': 'a@x', 'type': 'home'}]";
    for (var calls : both()) {
      var made = user(calls, "'emails': " + twice);
      assertThat(texts(made.json().path("emails"), "type")).containsExactly("work", "home");
      var put = calls.put(path(made), body(made.text("/userName"), "'emails': " + twice));
      assertThat(texts(put.json().path("emails"), "type")).containsExactly("work", "home");
      var patch = patched(calls, path(made), op("replace", "emails", twice));
      assertThat(texts(patch.json().path("emails"), "type")).containsExactly("work", "home");
    }
  }
}
