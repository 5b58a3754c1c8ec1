package dev.tenure.organization.scim;

import static dev.tenure.organization.scim.Specimens.EXTRA;
import static dev.tenure.organization.scim.Specimens.assertError;
import static dev.tenure.organization.scim.Specimens.json;
import static dev.tenure.organization.scim.Specimens.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An extension that the organization declares, on users and on groups alike.
class ExtensionsOverHttpTest {
  private static Specimens specimens;
  private static Calls acme;

  @BeforeAll
  static void start() {
    specimens = new Specimens();
    acme = specimens.acme();
  }

  @AfterAll
  static void stop() {
    specimens.close();
  }

  /// The body of a user or a group; `extra` is written with `'` for `"`.
  private static String body(String endpoint, String name, String extra) {
    var users = endpoint.equals("/Users");
    return """
    {"schemas": ["%s"], "%s": "%s"%s}\
    """
        .formatted(
            users ? Schema.USER : Schema.GROUP,
            users ? "userName" : "displayName",
            name,
            extra.isEmpty() ? "" : ", \"" + EXTRA + "\": " + quoted(extra));
  }

  private static Answer made(String endpoint, String extra) {
    var answer = acme.post(endpoint, body(endpoint, specimens.name(), extra));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer;
  }

  private static String operation(String op, String path, String value) {
    return quoted("{'op': '%s', 'path': '%s', 'value': %s}".formatted(op, path, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users", "/Groups"})
  void itIsStoredAnsweredAndFound(String endpoint) {
    var tag = specimens.name();
    var made = made(endpoint, "{'SIZE': 3, 'tag': '" + tag + "'}");
    assertThat(made.json().path(EXTRA)).isEqualTo(json("{'size': 3, 'tag': '" + tag + "'}"));
    assertThat(made.text("/schemas/1")).isEqualTo(EXTRA);
    assertThat(acme.get(endpoint + "/" + made.id()).json()).isEqualTo(made.json());
    var upper = tag.toUpperCase(Locale.ROOT);
    for (var filter : List.of(EXTRA + ":tag eq \"" + upper + "\"", "tag eq \"" + tag + "\"")) {
      assertThat(acme.filter(endpoint, filter + " and " + EXTRA + ":size gt 2").total()).isOne();
      assertThat(acme.filter(endpoint, filter + " and " + EXTRA + ":size gt 3").total()).isZero();
    }
    var only = acme.get(endpoint + "/" + made.id() + "?attributes=" + EXTRA + ":size").json();
    assertThat(only.path(EXTRA)).isEqualTo(json("{'size': 3}"));
    var without = acme.get(endpoint + "/" + made.id() + "?excludedAttributes=" + EXTRA).json();
    assertThat(without.has(EXTRA)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users", "/Groups"})
  void itIsPatchedByEveryWay(String endpoint) {
    var path = endpoint + "/" + made(endpoint, "").id();
    var added = acme.change(path, operation("add", EXTRA + ":size", "1"));
    assertThat(added.json().path(EXTRA)).isEqualTo(json("{'size': 1}"));
    var unnamed = quoted("{'op': 'replace', 'value': {'" + EXTRA + ":size': 2}}");
    assertThat(acme.change(path, unnamed).json().path(EXTRA)).isEqualTo(json("{'size': 2}"));
    var nested = quoted("{'op': 'add', 'value': {'" + EXTRA + "': {'size': 3, 'roles': ['a']}}}");
    assertThat(acme.change(path, nested).json().path(EXTRA))
        .isEqualTo(json("{'size': 3, 'roles': ['a']}"));
    var short4 = operation("replace", "size", "4");
    assertThat(acme.change(path, short4).json().path(EXTRA).path("size").intValue()).isEqualTo(4);
    assertError(acme.change(path, operation("add", EXTRA + ":size", "'x'")), 400, "invalidValue");
    assertError(acme.change(path, operation("add", EXTRA + ":sise", "1")), 400, "invalidPath");
    var removed = acme.change(path, quoted("{'op': 'remove', 'path': '" + EXTRA + "'}"));
    assertThat(removed.json().has(EXTRA)).isFalse();
    assertThat(removed.json().path("schemas")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users", "/Groups"})
  void itsRulesHold(String endpoint) {
    var birth = "'birth': '2026-01-01T00:00:00Z'";
    var made = made(endpoint, "{'size': 1, 'pin': 'p1n', 'note': 'N', " + birth + "}");
    var path = endpoint + "/" + made.id();
    assertThat(made.json().path(EXTRA).path("note").asString("")).isEqualTo("N");
    assertThat(acme.get(path).json().path(EXTRA)).isEqualTo(json("{'size': 1, " + birth + "}"));
    var name = made.text(endpoint.equals("/Users") ? "/userName" : "/displayName");
    var later = body(endpoint, name, "{'size': 1, 'birth': '2027-01-01T00:00:00Z'}");
    assertError(acme.put(path, later), 400, "mutability");
    var put = acme.put(path, body(endpoint, name, "{'size': 2}"));
    assertThat(put.json().path(EXTRA)).isEqualTo(json("{'size': 2, " + birth + "}"));
    var sizeless = body(endpoint, specimens.name(), "{'tag': 'x'}");
    assertError(acme.post(endpoint, sizeless), 400, "invalidValue");
    var noted = acme.change(path, operation("add", EXTRA + ":note", "'M'"));
    assertThat(noted.json().path(EXTRA).path("note").asString("")).isEqualTo("M");
    assertThat(acme.get(endpoint).response().body()).doesNotContain("p1n", "note");
  }

  @Test
  void aUniqueValueStandsOnceWhateverHasIt() {
    var tag = specimens.name();
    var extra = "{'size': 1, 'tag': '" + tag + "'}";
    var user = made("/Users", extra);
    for (var endpoint : List.of("/Users", "/Groups")) {
      var refused = acme.post(endpoint, body(endpoint, specimens.name(), extra));
      assertError(refused, 409, "uniqueness");
      assertThat(refused.text("/detail")).contains(EXTRA + ":tag", "User " + user.id());
    }
    var specimen = Specimens.body("'" + EXTRA + "': " + extra);
    assertError(acme.post("/Specimens", specimen), 409, "uniqueness");
    var path = "/Groups/" + made("/Groups", "{'size': 1}").id();
    var take = operation("add", EXTRA + ":tag", "'" + tag + "'");
    assertError(acme.change(path, take), 409, "uniqueness");
    acme.change("/Users/" + user.id(), operation("replace", "title", "'Agent'"));
    assertError(acme.change(path, take), 409, "uniqueness");
    acme.delete("/Users/" + user.id());
    assertThat(acme.change(path, take).status()).isEqualTo(200);
    acme.delete(path);
    assertThat(acme.post("/Specimens", specimen).status()).isEqualTo(201);
  }

  @Test
  void aChangeOfMembersKeepsTheUniqueValuesOfTheGroup() {
    var tag = specimens.name();
    var group = "/Groups/" + made("/Groups", "{'size': 1, 'tag': '" + tag + "'}").id();
    var user = made("/Users", "").id();
    acme.change(group, operation("add", "members", "[{'value': '" + user + "'}]"));
    assertThat(acme.get(group).json().path("members")).hasSize(1);
    var other = body("/Groups", specimens.name(), "{'size': 1, 'tag': '" + tag + "'}");
    assertError(acme.post("/Groups", other), 409, "uniqueness");
    var nobody = "[{'value': '00000000-0000-7000-8000-000000000000'}]";
    assertError(acme.change(group, operation("add", "members", nobody)), 400, "invalidValue");
  }

  @Test
  void anAttributeIsNotTakenForOneOfTheSameName() {
    var path = "/Users/" + made("/Users", "{'size': 1, 'roles': ['porter']}").id();
    var user = acme.get(path).json();
    assertThat(user.has("roles")).isFalse();
    var seats =
        specimens
            .server()
            .database()
            .jdbi()
            .withHandle(h ->
                h.createQuery("select count(*) from user_role where role = 'porter'")
                    .mapTo(int.class)
                    .one());
    assertThat(seats).isZero();
    assertThat(acme.filter("/Users", "roles eq \"porter\"").total()).isZero();
    assertThat(acme.filter("/Users", EXTRA + ":roles eq \"porter\"").total()).isOne();
  }

  @Test
  void anOrganizationWithoutItDoesNotKnowIt() {
    var calls = specimens.other();
    var made = calls.post("/Users", body("/Users", specimens.name(), "{'size': 1}"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().has(EXTRA)).isFalse();
    assertThat(calls.get("/ResourceTypes/User").response().body()).doesNotContain(EXTRA);
  }
}
