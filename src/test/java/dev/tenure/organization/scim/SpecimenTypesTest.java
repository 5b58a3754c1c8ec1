package dev.tenure.organization.scim;

import static dev.tenure.organization.scim.Specimens.assertError;
import static dev.tenure.organization.scim.Specimens.body;
import static dev.tenure.organization.scim.Specimens.json;
import static dev.tenure.organization.scim.Specimens.made;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Calls;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every type of RFC 7643 §2.3, with one value and with several, through every operation.
class SpecimenTypesTest {
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

  /// A type: two values that fit, and values that don't in any reading or in strict reading.
  enum Type {
    STRING("string", "strings", "'Able'", "'béta \\u00e9'", "[{}]", "['a', ['b']]", "5", "true"),
    BOOLEAN("boolean", "booleans", "true", "false", "'maybe'", "1", "'True'"),
    DECIMAL("decimal", "decimals", "1.5", "-20000", "'much'", "true", "'1.5'"),
    INTEGER("integer", "integers", "7", "-123456789012", "1.5", "true", "'7'", "7.0", "7e0"),
    DATE_TIME(
        "dateTime",
        "dateTimes",
        "'2026-01-31T12:00:00Z'",
        "'2025-06-01T00:00:00.5+02:00'",
        "'yesterday'",
        "true",
        "'2026-01-31'"),
    BINARY("binary", "binaries", "'YWJj'", "'-_8='", "'YWJj!'", "'A'", "5"),
    REFERENCE(
        "reference", "references", "'https://x/a?b=%20'", "'../Users/7'", "5", "true", "'a b'"),
    COMPLEX(
        "complex",
        "complexes",
        "{'value': 'Able', 'count': 1}",
        "{'value': 'beta', 'exact': 'B', 'tags': ['t', 'u']}",
        "{'count': 'x'}",
        "['a', ['b']]",
        "'text'",
        "{'nosuch': 1}");

    private final String one;
    private final String many;
    private final String first;
    private final String second;
    private final List<String> never;
    private final List<String> notStrict;

    /// After the two values: two that never fit, then those that strict reading refuses.
    Type(String one, String many, String first, String second, String... wrong) {
      this.one = one;
      this.many = many;
      this.first = first;
      this.second = second;
      this.never = List.of(wrong).subList(0, 2);
      this.notStrict = List.of(wrong).subList(2, wrong.length);
    }
  }

  private static String member(String name, String value) {
    return "'" + name + "': " + value;
  }

  private static String operation(String op, String path, String value) {
    return Specimens.quoted("{'op': '%s', 'path': '%s', 'value': %s}".formatted(op, path, value));
  }

  @ParameterizedTest
  @EnumSource
  void aValueIsAnsweredAsItWasGiven(Type type) {
    for (var calls : List.of(acme, exact)) {
      var created = made(calls, member(type.one, type.first));
      assertThat(created.json().path(type.one)).isEqualTo(json(type.first));
      var read = calls.get("/Specimens/" + created.id());
      assertThat(read.json()).isEqualTo(created.json());
      assertThat(read.header("ETag")).isEqualTo("W/\"1\"");
      assertThat(read.text("/meta/location"))
          .isEqualTo(read.header("Content-Location"))
          .endsWith("/scim/v2/Specimens/" + created.id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void severalValuesAreAnsweredAsTheyWereGiven(Type type) {
    var list = "[" + type.first + ", " + type.second + "]";
    var created = made(exact, member(type.many, list));
    assertThat(exact.get("/Specimens/" + created.id()).json().path(type.many))
        .isEqualTo(json(list));
  }

  @ParameterizedTest
  @EnumSource
  void aValueOfAnotherTypeIsRefused(Type type) {
    for (var wrong : type.never) {
      assertError(acme.post("/Specimens", body(member(type.one, wrong))), 400, "invalidValue");
      var several = member(type.many, "[" + type.first + ", " + wrong + "]");
      assertError(acme.post("/Specimens", body(several)), 400, "invalidValue");
    }
    var id = made(exact, "").id();
    for (var wrong : type.notStrict) {
      var put = body(member(type.one, wrong));
      assertError(exact.post("/Specimens", put), 400, "invalidValue");
      assertError(exact.put("/Specimens/" + id, put), 400, "invalidValue");
      var patch = operation("replace", type.one, wrong);
      assertError(exact.change("/Specimens/" + id, patch), 400, "invalidValue");
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneValueIsSetReplacedAndRemoved(Type type) {
    var path = "/Specimens/" + made(acme, "").id();
    var added = acme.change(path, operation("add", type.one, type.first));
    assertThat(added.json().path(type.one)).isEqualTo(json(type.first));
    var same = acme.change(path, operation("replace", type.one, type.first));
    assertThat(same.header("ETag")).isEqualTo(added.header("ETag")).isEqualTo("W/\"2\"");
    var removed =
        acme.change(path, Specimens.quoted("{'op': 'remove', 'path': '%s'}".formatted(type.one)));
    assertThat(removed.json().has(type.one)).isFalse();
    var qualified = operation("replace", Specimens.SCHEMA + ":" + type.one, type.second);
    assertThat(acme.change(path, qualified).json().path(type.one)).isEqualTo(json(type.second));
    assertThat(acme.put(path, body("")).json().has(type.one)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void severalValuesAreAddedAndRemoved(Type type) {
    var path = "/Specimens/" + made(acme, "").id();
    acme.change(path, operation("add", type.many, "[" + type.first + "]"));
    acme.change(path, operation("add", type.many, "[" + type.first + "]"));
    var both = acme.change(path, operation("add", type.many, "[" + type.second + "]"));
    assertThat(both.json().path(type.many))
        .isEqualTo(json("[" + type.first + ", " + type.second + "]"));
    var less = acme.change(path, operation("remove", type.many, "[" + type.first + "]"));
    assertThat(less.json().path(type.many)).isEqualTo(json("[" + type.second + "]"));
    var none = acme.change(path, operation("replace", type.many, "[]"));
    assertThat(none.json().has(type.many)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void itIsThereOrLeftOutAsAsked(Type type) {
    var id = made(acme, member(type.one, type.first)).id();
    var only = acme.get("/Specimens/" + id + "?attributes=" + type.one).json();
    assertThat(only.path(type.one)).isEqualTo(json(type.first));
    assertThat(only.has("label")).isFalse();
    var rest = acme.get("/Specimens/" + id + "?excludedAttributes=" + type.one).json();
    assertThat(rest.has(type.one)).isFalse();
    assertThat(rest.has("label")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void itIsFoundByItsValue(Type type) {
    var label = specimens.name();
    var path = type == Type.COMPLEX ? type.one + ".value" : type.one;
    var many = type == Type.COMPLEX ? type.many + ".value" : type.many;
    made(
        acme,
        "'exact': '"
            + label
            + "', "
            + member(type.one, type.first)
            + ", "
            + member(type.many, "[" + type.second + ", " + type.first + "]"));
    var literal = type == Type.COMPLEX ? "'Able'" : type.first;
    var other = type == Type.COMPLEX ? "'zeta'" : type.second;
    for (var filter :
        List.of(
            "%s eq %s".formatted(path, literal),
            "%s ne %s".formatted(path, other),
            "%s pr".formatted(path),
            "not (%s eq %s)".formatted(path, other),
            "%s eq %s".formatted(many, literal),
            "%s:%s eq %s".formatted(Specimens.SCHEMA, path, literal))) {
      assertThat(found(label, filter)).as(filter).isOne();
    }
    for (var filter : List.of("%s eq %s".formatted(path, other), "not (%s pr)".formatted(many))) {
      assertThat(found(label, filter)).as(filter).isZero();
    }
    if (type != Type.BOOLEAN && type != Type.BINARY) {
      assertThat(found(label, "%s ge %s".formatted(path, literal))).isOne();
      assertThat(found(label, "%s lt %s".formatted(path, literal))).isZero();
    }
  }

  private static long found(String label, String filter) {
    var whole = "exact eq '%s' and (%s)".formatted(label, filter);
    var answer = acme.filter("/Specimens", Specimens.quoted(whole));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.total();
  }
}
