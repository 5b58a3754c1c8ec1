package dev.tenure.organization.scim;

import static dev.tenure.organization.scim.Specimens.assertError;
import static dev.tenure.organization.scim.Specimens.body;
import static dev.tenure.organization.scim.Specimens.json;
import static dev.tenure.organization.scim.Specimens.made;
import static dev.tenure.organization.scim.Specimens.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.ScimJson;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Every `required`, `mutability`, `returned`, `uniqueness` and `canonicalValues` of RFC 7643 §2.2.
class SpecimenRulesTest {
  private static final String EXTRA = Specimens.EXTRA;
  private static Specimens specimens;
  private static Calls acme;
  private static Calls exact;

  @BeforeAll
  static void start() {
    specimens = new Specimens();
    acme = specimens.acme();
    exact = specimens.exact();
  }

  @AfterAll
  static void stop() {
    specimens.close();
  }

  private static Answer change(String path, String... operations) {
    return acme.change(
        path, List.of(operations).stream().map(Specimens::quoted).toArray(String[]::new));
  }

  private static String path(String members) {
    return "/Specimens/" + made(acme, members).id();
  }

  @Test
  void whatIsRequiredMustBeThereAndStay() {
    var none = "{\"schemas\": [\"" + Specimens.SCHEMA + "\"]}";
    var path = path("");
    for (var wrong : List.of(none, body("").replace("\"x\"", "null"), body("").replace("x", " "))) {
      assertError(acme.post("/Specimens", wrong), 400, "invalidValue");
      assertError(acme.put(path, wrong), 400, "invalidValue");
    }
    assertError(change(path, "{'op': 'remove', 'path': 'label'}"), 400, "mutability");
    assertError(change(path, "{'op': 'replace', 'value': {'label': null}}"), 400, "mutability");
    assertThat(acme.get(path).text("/label")).isEqualTo("x");
  }

  @Test
  void aRequiredPartMustBeInEachValue() {
    assertError(acme.post("/Specimens", body("'people': [{'note': 'n'}]")), 400, "invalidValue");
    var path = path("");
    var bad = "{'op': 'add', 'path': 'people', 'value': [{'note': 'n'}]}";
    assertError(change(path, bad), 400, "invalidValue");
    var noted = "{'op': 'add', 'path': 'people[note eq \\\"n\\\"].note', 'value': 'n'}";
    assertError(acme.change(path, noted.replace('\'', '"')), 400, "invalidValue");
  }

  @Test
  void anExtensionBringsWhatItRequires() {
    var without = body("'" + EXTRA + "': {'tag': '" + specimens.name() + "'}");
    assertError(acme.post("/Specimens", without), 400, "invalidValue");
    var path = path("");
    var tag = "{'op': 'add', 'path': '" + EXTRA + ":tag', 'value': '" + specimens.name() + "'}";
    assertError(change(path, tag), 400, "invalidValue");
    var size = "{'op': 'add', 'path': '" + EXTRA + ":size', 'value': 1}";
    assertThat(change(path, tag, size).status()).isEqualTo(200);
    var whole = "{'op': 'replace', 'path': '" + EXTRA + "', 'value': {'tag': 'z'}}";
    assertError(change(path, whole), 400, "invalidValue");
    assertThat(change(path, "{'op': 'remove', 'path': '" + EXTRA + "'}").status()).isEqualTo(200);
    assertThat(acme.get(path).json().path("schemas"))
        .isEqualTo(json("['" + Specimens.SCHEMA + "']"));
  }

  @Test
  void aRequiredExtensionMustBeThere() {
    assertError(acme.post("/Demanding", body("")), 400, "invalidValue");
    var made = acme.post("/Demanding", body("'" + EXTRA + "': {'size': 1}"));
    assertThat(made.status()).isEqualTo(201);
    var path = "/Demanding/" + made.id();
    assertError(acme.put(path, body("")), 400, "invalidValue");
    assertError(change(path, "{'op': 'remove', 'path': '" + EXTRA + "'}"), 400, "invalidValue");
  }

  @Test
  void whatIsImmutableIsSetOnce() {
    var path = path("");
    var set = "{'op': 'add', 'path': 'immutable', 'value': 'A'}";
    assertThat(change(path, set).text("/immutable")).isEqualTo("A");
    assertThat(change(path, set).header("ETag")).isEqualTo("W/\"2\"");
    var other = "{'op': 'replace', 'path': 'immutable', 'value': 'B'}";
    assertError(change(path, other), 400, "mutability");
    assertError(change(path, "{'op': 'remove', 'path': 'immutable'}"), 400, "mutability");
    assertError(acme.put(path, body("'immutable': 'B'")), 400, "mutability");
    assertThat(acme.put(path, body("'immutable': 'A'")).status()).isEqualTo(200);
    assertThat(acme.put(path, body("")).text("/immutable")).isEqualTo("A");
  }

  @Test
  void aListThatIsImmutableIsSetOnceWhateverItsOrder() {
    var path = path("'immutables': ['a', 'b']");
    assertThat(acme.put(path, body("'immutables': ['B', 'a']")).status()).isEqualTo(200);
    assertError(acme.put(path, body("'immutables': ['a', 'b', 'c']")), 400, "mutability");
    var add = "{'op': 'add', 'path': 'immutables', 'value': ['c']}";
    assertError(change(path, add), 400, "mutability");
  }

  @Test
  void anImmutablePartIsSetOnceByWhateverWay() {
    var path = path("'complex': {'fixed': 'A', 'value': 'v'}");
    for (var way :
        List.of(
            "{'op': 'replace', 'path': 'complex.fixed', 'value': 'B'}",
            "{'op': 'replace', 'path': 'complex', 'value': {'fixed': 'B'}}",
            "{'op': 'replace', 'value': {'complex': {'fixed': 'B'}}}",
            "{'op': 'remove', 'path': 'complex'}",
            "{'op': 'remove', 'path': 'complex.fixed'}")) {
      assertError(change(path, way), 400, "mutability");
    }
    assertError(acme.put(path, body("'complex': {'fixed': 'B'}")), 400, "mutability");
    var put = acme.put(path, body("'complex': {'value': 'w'}"));
    assertThat(put.json().path("complex")).isEqualTo(json("{'fixed': 'A', 'value': 'w'}"));
    assertThat(acme.put(path, body("")).json().path("complex")).isEqualTo(json("{'fixed': 'A'}"));
  }

  @Test
  void anImmutablePartOfAnExtensionIsSetOnceByWhateverWay() {
    var path = path("'" + EXTRA + "': {'size': 1, 'birth': '2026-01-01T00:00:00Z'}");
    for (var way :
        List.of(
            "{'op': 'replace', 'path': '%s', 'value': {'size': 1}}",
            "{'op': 'remove', 'path': '%s'}",
            "{'op': 'replace', 'value': {'%s': {'birth': '2027-01-01T00:00:00Z'}}}")) {
      assertError(change(path, way.formatted(EXTRA)), 400, "mutability");
    }
    var same = body("'" + EXTRA + "': {'size': 2, 'birth': '2026-01-01T01:00:00+01:00'}");
    assertThat(acme.put(path, same).status()).isEqualTo(200);
  }

  @Test
  void whatIsReadOnlyIsPassedOverInABody() {
    for (var calls : List.of(acme, exact)) {
      var answer = made(calls, "'readOnly': 'x', 'complex': {'given': 'x', 'value': 'v'}");
      assertThat(answer.json().has("readOnly")).isFalse();
      assertThat(answer.json().path("complex")).isEqualTo(json("{'value': 'v'}"));
      var path = "/Specimens/" + answer.id();
      assertThat(calls.put(path, body("'readOnly': 'y'")).json().has("readOnly")).isFalse();
      var named = quoted("{'op': 'replace', 'path': 'readOnly', 'value': 'x'}");
      assertError(calls.change(path, named), 400, "mutability");
      var part = quoted("{'op': 'add', 'path': 'complex.given', 'value': 'x'}");
      assertError(calls.change(path, part), 400, "mutability");
    }
    var unnamed = quoted("{'op': 'replace', 'value': {'readOnly': 'x'}}");
    assertThat(acme.change(path(""), unnamed).status()).isEqualTo(200);
    var strict = "/Specimens/" + made(exact, "").id();
    assertError(exact.change(strict, unnamed), 400, "mutability");
  }

  @Test
  void whatIsConcealedIsNeverAnsweredAndNeverKept() {
    var secret = "s3cr3t-" + specimens.name();
    var body =
        body(
            """
            'writeOnly': 'S', 'never': 'S', 'nevers': ['S'], 'complex': {'pin': 'S'},
            'complexes': [{'value': 'v', 'pin': 'S'}], 'E': {'size': 1, 'pin': 'S'}\
            """
                .replace("'S'", "'" + secret + "'")
                .replace("'E'", "'" + EXTRA + "'"));
    var made = acme.post("/Specimens", body);
    var path = "/Specimens/" + made.id();
    var patch = "{'op': 'replace', 'path': 'writeOnly', 'value': '" + secret + "'}";
    var asked = "?attributes=writeOnly,never,nevers,complex.pin,complexes,complex," + EXTRA;
    for (var answer :
        List.of(
            made,
            acme.get(path),
            acme.get(path + asked),
            acme.get("/Specimens" + asked),
            acme.put(path, body),
            change(path, patch))) {
      assertThat(answer.status()).isLessThan(300);
      assertThat(answer.response().body()).doesNotContain(secret, "writeOnly", "never", "pin");
    }
    assertThat(everythingStored()).contains("writeOnly").doesNotContain(secret);
  }

  /// Every row of every table, as text.
  private static String everythingStored() {
    var jdbi = specimens.server().database().jdbi();
    return jdbi.withHandle(handle -> {
      var tables =
          handle
              .createQuery(
                  "select table_name from information_schema.tables"
                      + " where table_schema = 'public'")
              .mapTo(String.class)
              .list();
      var all = new StringBuilder();
      for (var table : tables) {
        handle
            .createQuery("select cast(t as text) from \"" + table + "\" t")
            .mapTo(String.class)
            .forEach(all::append);
      }
      return all.toString();
    });
  }

  @Test
  void nothingTellsAConcealedValue() {
    var label = specimens.name();
    made(acme, "'exact': '" + label + "', 'never': 'abc', 'complexes': [{'pin': 'abc'}]");
    for (var filter :
        List.of(
            "never eq \"abc\"",
            "never pr",
            "complexes.pin eq \"abc\"",
            "complexes[pin eq \"abc\"]",
            "writeOnly ne \"x\"")) {
      var whole = "exact eq \"" + label + "\" and " + filter;
      assertThat(acme.filter("/Specimens", whole).total()).as(filter).isZero();
      assertError(exact.filter("/Specimens", filter), 403, "sensitive");
    }
  }

  @Test
  void whatIsConcealedStaysWhereAPutDoesNotNameIt() {
    var path = path("'never': 'abc', 'string': 'a'");
    assertThat(acme.put(path, body("")).header("ETag")).isEqualTo("W/\"2\"");
    assertThat(stored(path).path("never").asBoolean(false)).isTrue();
    change(path, "{'op': 'remove', 'path': 'never'}");
    assertThat(stored(path).has("never")).isFalse();
  }

  private static JsonNode stored(String path) {
    var id = path.substring(path.lastIndexOf('/') + 1);
    var text =
        specimens
            .server()
            .database()
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "select cast(document as text) from scim_resource"
                            + " where id = cast(:id as uuid)")
                    .bind("id", id)
                    .mapTo(String.class)
                    .one());
    return ScimJson.read(text);
  }

  @Test
  void whatIsReturnedAlwaysCannotBeLeftOut() {
    var path = path("'always': 'A', 'complex': {'always': 'A', 'value': 'v'}");
    for (var query :
        List.of("?attributes=label", "?excludedAttributes=always,complex,complex.always")) {
      var answer = acme.get(path + query).json();
      assertThat(answer.path("always").asString("")).isEqualTo("A");
      assertThat(answer.path("complex")).isEqualTo(json("{'always': 'A'}"));
      assertThat(answer.has("string")).isFalse();
    }
  }

  @Test
  void whatIsReturnedOnRequestIsThereWhereItIsAskedForOrWritten() {
    var made = made(acme, "'request': 'R', 'complex': {'asked': 'R', 'value': 'v'}");
    var path = "/Specimens/" + made.id();
    assertThat(made.text("/request")).isEqualTo("R");
    assertThat(made.text("/complex/asked")).isEqualTo("R");
    assertThat(acme.get(path).json().has("request")).isFalse();
    assertThat(acme.get(path).json().path("complex")).isEqualTo(json("{'value': 'v'}"));
    assertThat(acme.get(path + "?attributes=request").text("/request")).isEqualTo("R");
    assertThat(acme.get(path + "?attributes=complex.asked").json().path("complex"))
        .isEqualTo(json("{'asked': 'R'}"));
    assertThat(acme.get("/Specimens").response().body()).doesNotContain("\"request\"");
    var patched = change(path, "{'op': 'replace', 'path': 'request', 'value': 'S'}");
    assertThat(patched.text("/request")).isEqualTo("S");
    assertThat(patched.json().path("complex").has("asked")).isFalse();
    var put = acme.put(path, body("'request': 'T'"));
    assertThat(put.text("/request")).isEqualTo("T");
    assertThat(acme.put(path, body("")).json().has("request")).isFalse();
    assertThat(acme.get(path + "?attributes=request").json().has("request")).isFalse();
    var left = acme.post("/Specimens?excludedAttributes=request", body("'request': 'R'"));
    assertThat(left.json().has("request")).isFalse();
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @Test
  void aUniqueValueStandsOnce() {
    var name = specimens.name();
    var first = made(acme, "'unique': '" + name + "', 'uniqueExact': '" + name + "'");
    assertError(
        acme.post("/Specimens", body("'unique': '" + upper(name) + "'")), 409, "uniqueness");
    var second = path("'uniqueExact': '" + upper(name) + "'");
    var take = "{'op': 'add', 'path': 'unique', 'value': '" + name + "'}";
    var refused = change(second, take);
    assertError(refused, 409, "uniqueness");
    assertThat(refused.text("/detail")).contains(Specimens.SCHEMA + ":unique", first.id());
    assertError(acme.put(second, body("'unique': '" + name + "'")), 409, "uniqueness");
    assertThat(acme.get(second).header("ETag")).isEqualTo("W/\"1\"");
    var own = acme.put("/Specimens/" + first.id(), body("'unique': '" + name + "', 'string': 'a'"));
    assertThat(own.status()).isEqualTo(200);
    acme.delete("/Specimens/" + first.id());
    assertThat(change(second, take).status()).isEqualTo(200);
    made(exact, "'unique': '" + name + "'");
  }

  @Test
  void aUniqueValueIsFreeWhenItIsGivenUp() {
    var name = specimens.name();
    var path = path("'unique': '" + name + "', 'string': 'a'");
    change(path, "{'op': 'replace', 'path': 'unique', 'value': '" + specimens.name() + "'}");
    var other = path("'unique': '" + name + "'");
    change(other, "{'op': 'remove', 'path': 'unique'}");
    made(acme, "'unique': '" + name + "'");
  }

  @Test
  void eachOfSeveralValuesIsUniqueAndPartsToo() {
    var path = path("'uniques': [41, 42, 43], 'people': [{'value': 'ann'}, {'value': 'bob'}]");
    assertError(acme.post("/Specimens", body("'uniques': [7, 42.0]")), 409, "uniqueness");
    assertError(acme.post("/Specimens", body("'people': [{'value': 'BOB'}]")), 409, "uniqueness");
    acme.put(path, body("'uniques': [42, 41]"));
    made(acme, "'uniques': [43], 'people': [{'value': 'bob'}, {'value': 'bob', 'note': 'x'}]");
  }

  @Test
  void aLongUniqueValueStandsOnceToo() {
    var text = "long".repeat(5_000);
    made(acme, "'unique': '" + text + "x'");
    made(acme, "'unique': '" + text + "y'");
    assertError(acme.post("/Specimens", body("'unique': '" + text + "x'")), 409, "uniqueness");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'green'", "'RED '", "''"})
  void onlyStrictReadingHoldsToTheCanonicalValues(String colour) {
    var body = body("'colour': " + colour);
    assertThat(acme.post("/Specimens", body).status()).isEqualTo(201);
    assertError(exact.post("/Specimens", body), 400, "invalidValue");
    made(exact, "'colour': 'RED'");
    var path = "/Specimens/" + made(exact, "").id();
    var patch = quoted("{'op': 'add', 'path': 'colour', 'value': " + colour + "}");
    assertError(exact.change(path, patch), 400, "invalidValue");
  }

  @Test
  void onlyStrictReadingHoldsToTheSchema() {
    var unknown = body("'nosuch': 1");
    assertThat(acme.post("/Specimens", unknown).status()).isEqualTo(201);
    assertError(exact.post("/Specimens", unknown), 400, "invalidValue");
    assertThat(acme.post("/Specimens", "{\"label\": \"x\"}").status()).isEqualTo(201);
    assertError(exact.post("/Specimens", "{\"label\": \"x\"}"), 400, "invalidSyntax");
    assertThat(acme.filter("/Specimens", "nosuch eq 1").total()).isZero();
    assertError(exact.filter("/Specimens", "nosuch eq 1"), 400, "invalidFilter");
    var user =
        quoted(
            "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'userName': '"
                + specimens.name()
                + "', 'active': 'True'}");
    assertThat(acme.post("/Users", user).status()).isEqualTo(201);
    assertError(exact.post("/Users", user), 400, "invalidValue");
  }

  @Test
  void namesOfUsersAndGroupsMeanNothingHere() {
    var label = specimens.name();
    var rest = "', 'active': 'off', 'members': ['m'], 'groups': ['g'], 'emails': ['E']";
    var path = path("'exact': '" + label + rest);
    var two = List.of("active eq \"OFF\"", "members eq \"m\"");
    var more = List.of("groups[value eq \"g\"]", "emails eq \"e\"", "members pr");
    for (var filter : Stream.concat(two.stream(), more.stream()).toList()) {
      var whole = "exact eq \"" + label + "\" and " + filter;
      assertThat(acme.filter("/Specimens", whole).total()).as(filter).isOne();
    }
    assertThat(change(path, "{'op': 'remove', 'path': 'members'}").json().has("members")).isFalse();
  }
}
