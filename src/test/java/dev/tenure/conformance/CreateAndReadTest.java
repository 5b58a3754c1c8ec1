package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Schema;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// C3, cases 1 to 17: create and read.
class CreateAndReadTest extends Conformance {
  private static long users(Calls calls) {
    return calls.get("/Users?count=0").total();
  }

  @Test
  @DisplayName("C3/1 POST minimal: 201 with id, meta and Location")
  void case001_aMinimalUserIsMade() {
    for (var calls : both()) {
      var made = user(calls, "");
      assertThat(UUID.fromString(made.id()).toString()).isEqualTo(made.id());
      assertThat(made.text("/meta/resourceType")).isEqualTo("User");
      assertThat(made.text("/meta/created"))
          .isEqualTo(made.text("/meta/lastModified"))
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
      assertThat(made.header("Location"))
          .isEqualTo(made.text("/meta/location"))
          .isEqualTo(server.address(calls.prefix() + "/Users/" + made.id()).toString());
      assertThat(calls.get("/Users/" + made.id()).json()).isEqualTo(made.json());
    }
  }

  @Test
  @DisplayName("C3/2 POST with id, meta, groups: ignored")
  void case002_readOnlyValuesAreIgnored() {
    for (var calls : both()) {
      var group = group(calls);
      var made =
          user(
              calls,
              """
              'id': 'mine', 'groups': [{'value': '%s'}],
              'meta': {'resourceType': 'Group', 'created': '2001-01-01T00:00:00Z', 'version': 'x'}\
              """
                  .formatted(group.id()));
      assertThat(made.id()).isNotEqualTo("mine");
      assertThat(made.json().has("groups")).isFalse();
      assertThat(made.text("/meta/resourceType")).isEqualTo("User");
      assertThat(made.text("/meta/created")).doesNotStartWith("2001");
      assertThat(made.text("/meta/version")).isEqualTo(made.header("ETag"));
      assertThat(calls.get(path(group)).json().has("members")).isFalse();
      assertThat(calls.get("/Users/mine").status()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("C3/3 POST without userName: 400 invalidValue")
  void case003_aUserNeedsItsName() {
    for (var calls : both()) {
      var before = users(calls);
      var schemas = "{'schemas': ['" + Schema.USER + "'], 'title': 'T'%s}";
      for (var more : new String[] {"", ", 'userName': ''", ", 'userName': null"}) {
        var answer = calls.post("/Users", quoted(schemas.formatted(more)));
        assertError(answer, 400, "invalidValue");
        assertThat(answer.text("/detail")).contains("userName");
      }
      assertThat(users(calls)).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("C3/4 POST without schemas: strict 400 invalidSyntax, tolerant 201")
  void case004_schemasMayBeMissingToTolerantReading() {
    var bare = "{\"userName\": \"" + name() + "\"}";
    assertError(strict.post("/Users", bare), 400, "invalidSyntax");
    var made = tolerant.post("/Users", bare);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/schemas/0")).isEqualTo(Schema.USER);
  }

  @Test
  @DisplayName("C3/5 POST with an unknown schemas URI: strict 400, tolerant 201")
  void case005_anUnknownSchemaIsPassedOverByTolerantReading() {
    var body =
        quoted("{'schemas': ['%s', 'urn:x:Other'], 'userName': '%s'}")
            .formatted(Schema.USER, name());
    assertError(strict.post("/Users", body), 400, "invalidValue");
    var made = tolerant.post("/Users", body);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("schemas").toString()).isEqualTo("[\"" + Schema.USER + "\"]");
    assertThat(strict.filter("/Users", "userName pr").response().body())
        .doesNotContain("urn:x:Other");
  }

  @Test
  @DisplayName("C3/6 POST with an extension that schemas does not name: 201, named in the answer")
  void case006_anExtensionNeedNotBeAnnounced() {
    for (var calls : both()) {
      var made = user(calls, "'" + ENTERPRISE + "': {'department': 'Salés'}");
      assertThat(made.json().path("schemas").toString())
          .isEqualTo("[\"%s\",\"%s\"]".formatted(Schema.USER, ENTERPRISE));
      assertThat(calls.get(path(made)).json().path(ENTERPRISE).path("department").asString(""))
          .isEqualTo("Salés");
    }
  }

  @Test
  @DisplayName("C3/7 POST same userName: 409 uniqueness")
  void case007_sameUserNameIsA409() {
    for (var calls : both()) {
      var first = user(calls, "'title': 'first'");
      var again = calls.post("/Users", body(first.text("/userName"), "'title': 'second'"));
      assertError(again, 409, "uniqueness");
      assertThat(again.text("/detail")).contains("userName", first.id());
      assertSame(calls, first);
      assertThat(found(calls, "userName eq '" + first.text("/userName") + "'"))
          .containsExactly(first.id());
    }
    var conflicts = audited(TestServer.ACME, "request.conflict", "");
    assertThat(conflicts)
        .anySatisfy(row -> assertThat(row.detail().path("attribute").asString("")).isNotEmpty());
  }

  @Test
  @DisplayName("C3/8 POST same userName in another letter case: 409")
  void case008_letterCaseMakesNoOtherName() {
    for (var calls : both()) {
      var first = user(calls, "");
      var upper = first.text("/userName").toUpperCase(Locale.ROOT);
      assertError(calls.post("/Users", body(upper, "")), 409, "uniqueness");
      assertSame(calls, first);
    }
  }

  @Test
  @DisplayName("C3/9 POST after DELETE of the same userName: 201 with a new id")
  void case009_theNameOfADeletedUserIsFree() {
    for (var calls : both()) {
      var first = user(calls, "'title': 'old'");
      assertThat(calls.delete(path(first)).status()).isEqualTo(204);
      var second = calls.post("/Users", body(first.text("/userName"), ""));
      assertThat(second.status()).isEqualTo(201);
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(second.json().has("title")).isFalse();
      assertThat(calls.get(path(first)).status()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("C3/10 POST same externalId: 201, two users")
  void case010_externalIdsMayRepeat() {
    for (var calls : both()) {
      var first = user(calls, "'externalId': 'twice', 'title': 'one'");
      var second = user(calls, "'externalId': 'twice', 'title': 'two'");
      assertSame(calls, first);
      assertThat(found(calls, "externalId eq 'twice'")).containsExactly(first.id(), second.id());
    }
  }

  @Test
  @DisplayName("C3/11 POST active \"True\": tolerant true, strict 400 invalidValue")
  void case011_aBooleanMayBeTextToTolerantReading() {
    assertThat(user(tolerant, "'active': 'True'").json().path("active").toString())
        .isEqualTo("true");
    assertThat(user(tolerant, "'active': 'False'").json().path("active").toString())
        .isEqualTo("false");
    var name = name();
    assertError(strict.post("/Users", body(name, "'active': 'True'")), 400, "invalidValue");
    assertThat(found(strict, "userName eq '" + name + "'")).isEmpty();
  }

  @Test
  @DisplayName("C3/12 POST with nulls and []: 201, attributes absent")
  void case012_nothingIsNotAValue() {
    for (var calls : both()) {
      var made =
          user(
              calls,
              "'title': null, 'addresses': null, 'emails': [], 'name': {'givenName': null}, '"
                  + ENTERPRISE
                  + "': {'department': null}");
      assertThat(made.json().propertyNames())
          .containsExactlyInAnyOrder("schemas", "id", "userName", "active", "meta");
      assertThat(found(calls, "title pr or emails pr or name pr")).doesNotContain(made.id());
    }
  }

  @Test
  @DisplayName("C3/13 POST with two primary e-mails: 400 invalidValue")
  void case013_oneValueIsPrimary() {
    for (var calls : both()) {
      var emails =
          "'emails': [{'value': 'a@b', 'type': 'work', 'primary': true},"
              + " {'value': 'c@d', 'type': 'home', 'primary': %s}]";
      var name = name();
      var refused = calls.post("/Users", body(name, emails.formatted("true")));
      assertError(refused, 400, "invalidValue");
      assertThat(refused.text("/detail")).contains("emails", "primary");
      assertThat(found(calls, "userName eq '" + name + "'")).isEmpty();
      assertThat(user(calls, emails.formatted("false")).json().path("emails").size()).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("C3/14 POST password: 201, in no answer and in no log")
  void case014_aPasswordIsNeverSeenAgain() {
    for (var calls : both()) {
      var made = user(calls, "'password': 'hush-hush'");
      var path = path(made);
      var put = calls.put(path, body(name(), "'password': 'hush-hush-2'"));
      var patch = calls.change(path, whole("replace", "{'password': 'hush-hush-3'}"));
      for (var answer :
          new TestServer.Answer[] {
            made, put, patch, calls.get(path + "?attributes=password"), calls.get("/Users")
          }) {
        assertThat(answer.status()).isLessThan(300);
        assertThat(answer.response().body()).isNotEmpty().doesNotContain("hush", "password");
      }
    }
    var kept =
        """
        select (select count(*) from scim_user where cast(document as text) like '%hush%')
          + (select count(*) from audit_entry where cast(detail as text) like '%hush%')\
        """;
    assertThat(
            server
                .database()
                .jdbi()
                .<Long, RuntimeException>withHandle(
                    h -> h.createQuery(kept).mapTo(Long.class).one()))
        .isZero();
  }

  @Test
  @DisplayName("C3/15 POST broken JSON: 400 invalidSyntax; text/plain: 415; application/json: 201")
  void case015_bodiesAreJson() {
    for (var calls : both()) {
      var before = users(calls);
      for (var broken : new String[] {"{\"userName\"", "[]", "\"x\"", "{'userName': 'x'}"}) {
        assertError(calls.post("/Users", broken), 400, "invalidSyntax");
      }
      assertError(
          calls.with("Content-Type", "text/plain").post("/Users", body(name(), "")), 415, "");
      assertThat(users(calls)).isEqualTo(before);
      for (var type : new String[] {"application/json", "application/scim+json; charset=UTF-8"}) {
        var made = calls.with("Content-Type", type).post("/Users", body(name(), ""));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Content-Type")).isEqualTo("application/scim+json");
      }
    }
  }

  @Test
  @DisplayName("C3/16 GET by id: 200 with ETag; unknown id: 404")
  void case016_aUserIsReadByItsId() {
    for (var calls : both()) {
      var made = user(calls, "");
      var got = calls.get(path(made));
      assertThat(got.status()).isEqualTo(200);
      assertThat(got.header("ETag")).isEqualTo(got.text("/meta/version")).startsWith("W/\"");
      for (var id : new String[] {UUID.randomUUID().toString(), "1", "no%20id"}) {
        assertError(calls.get("/Users/" + id), 404, "");
      }
    }
  }

  @Test
  @DisplayName("C3/17 GET with If-None-Match: 304")
  void case017_whoHasTheVersionIsToldSo() {
    for (var calls : both()) {
      var made = user(calls, "");
      var conditional = calls.with("If-None-Match", made.header("ETag"));
      var same = conditional.get(path(made));
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.response().body()).isEmpty();
      assertThat(same.header("ETag")).isEqualTo(made.header("ETag"));
      patched(calls, path(made), op("add", "title", "'T'"));
      assertThat(conditional.get(path(made)).text("/title")).isEqualTo("T");
    }
  }
}
