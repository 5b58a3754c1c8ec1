package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// C3, cases 28 to 44: filters.
class QueryTest extends Conformance {
  private static final String EMAILS =
      """
      'emails': [{'type': 'work', 'value': '%1$s@work.example'},
        {'type': 'home', 'value': '%1$s@home.example'}]\
      """;

  /// A word that no other user has.
  private static String mark() {
    return name().replace("@example.com", "mark");
  }

  private static void assertFinds(Calls calls, String filter, Answer... users) {
    assertThat(found(calls, filter))
        .as(filter)
        .containsExactlyInAnyOrderElementsOf(List.of(users).stream().map(Answer::id).toList());
  }

  private static void assertRefused(Calls calls, String filter) {
    assertError(calls.filter("/Users", quoted(filter)), 400, "invalidFilter");
  }

  @Test
  @DisplayName("C3/28 filter without a hit: 200, totalResults 0")
  void case028_nobodyIsNoError() {
    for (var calls : both()) {
      var none = calls.filter("/Users", "userName eq \"b7c1e2d4-0000-4c4c-9d9d\"");
      assertThat(none.status()).isEqualTo(200);
      assertThat(none.total()).isZero();
      assertThat(none.json().path("itemsPerPage").toString()).isEqualTo("0");
      assertThat(none.text("/schemas/0"))
          .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
      assertThat(none.json().path("Resources").size()).isZero();
    }
  }

  @Test
  @DisplayName("C3/29 filter USERNAME Eq \"X\": as in lower case")
  void case029_letterCaseOfNamesOperatorsAndValues() {
    for (var calls : both()) {
      var made = user(calls, "");
      var name = made.text("/userName");
      assertFinds(calls, "userName eq '" + name + "'", made);
      assertFinds(calls, "USERNAME Eq '" + name.toUpperCase(Locale.ROOT) + "'", made);
    }
  }

  @Test
  @DisplayName("C3/30 filter externalId in another letter case: no hit")
  void case030_externalIdsAreExact() {
    for (var calls : both()) {
      var id = "Ab" + mark();
      var made = user(calls, "'externalId': '" + id + "'");
      assertFinds(calls, "externalId eq '" + id + "'", made);
      assertFinds(calls, "externalId eq '" + id.toLowerCase(Locale.ROOT) + "'");
    }
  }

  @Test
  @DisplayName("C3/31 filter emails[type eq \"work\"].value eq: hit")
  void case031_aSubAttributeBehindTheBrackets() {
    for (var calls : both()) {
      var mark = mark();
      var made = user(calls, EMAILS.formatted(mark));
      assertFinds(calls, "emails[type eq 'work'].value eq '" + mark + "@work.example'", made);
      assertFinds(calls, "emails[type eq 'work'].value eq '" + mark + "@home.example'");
    }
  }

  @Test
  @DisplayName("C3/32 filter emails[… and …]: both on the same value")
  void case032_bracketsAreAboutOneValue() {
    for (var calls : both()) {
      var mark = mark();
      var made = user(calls, EMAILS.formatted(mark));
      var filter = "emails[type eq 'work' and value co '" + mark + "%s']";
      assertFinds(calls, filter.formatted("@work"), made);
      assertFinds(calls, filter.formatted("@home"));
      assertFinds(calls, "emails.type eq 'work' and emails.value co '" + mark + "@home'", made);
    }
  }

  @Test
  @DisplayName("C3/33 filter emails co and emails.value co: same hits")
  void case033_aComplexAttributeMeansItsValue() {
    for (var calls : both()) {
      var mark = mark();
      var made = user(calls, EMAILS.formatted(mark));
      assertFinds(calls, "emails co '" + mark + "@W'", made);
      assertFinds(calls, "emails.value co '" + mark + "@W'", made);
      assertFinds(calls, "emails co '" + mark + "x'");
    }
  }

  @Test
  @DisplayName("C3/34 filter urn:…core:2.0:User:userName sw: works")
  void case034_aCoreAttributeByItsUrn() {
    for (var calls : both()) {
      var made = user(calls, "");
      var start = made.text("/userName").split("@", 2)[0] + "@";
      assertFinds(calls, Schema.USER + ":userName sw '" + start + "'", made);
      assertFinds(
          calls, Schema.USER.toUpperCase(Locale.ROOT) + ":USERNAME sw '" + start + "'", made);
    }
  }

  @Test
  @DisplayName("C3/35 filter urn:…:department and active: works; active eq \"True\" is tolerant")
  void case035_anAttributeOfAnExtension() {
    for (var calls : both()) {
      var mark = mark();
      var more = "'" + ENTERPRISE + "': {'department': '" + mark + "'}";
      var made = user(calls, more);
      var left = user(calls, more + ", 'active': false");
      var department = ENTERPRISE + ":department eq '" + mark + "'";
      assertFinds(calls, department, made, left);
      assertFinds(calls, department + " and active eq true", made);
      if (isStrict(calls)) assertRefused(calls, department + " and active eq 'True'");
      else assertFinds(calls, department + " and active eq 'True'", made);
    }
  }

  @Test
  @DisplayName("C3/36 filter title pr and not (title pr): complements")
  void case036_presentAndNot() {
    for (var calls : both()) {
      var with = user(calls, "'title': 'T'");
      var without = user(calls, "'title': ''");
      var present = found(calls, "title pr");
      var absent = found(calls, "not (title pr)");
      assertThat(present).contains(with.id()).doesNotContainAnyElementsOf(absent);
      assertThat(absent).contains(without.id());
      assertThat(present.size() + absent.size())
          .isEqualTo((int) calls.get("/Users?count=0").total());
      assertThat(found(calls, "NOT(title pr)")).isEqualTo(absent);
    }
  }

  @Test
  @DisplayName("C3/37 filter meta.lastModified ge: by the moment, whatever the zone")
  void case037_timesAreMoments() {
    for (var calls : both()) {
      var made = user(calls, "");
      var at = Instant.parse(made.text("/meta/lastModified"));
      var mine = "id eq '" + made.id() + "' and meta.lastModified %s '%s'";
      for (int hours : List.of(0, 2, -11)) {
        var there = OffsetDateTime.ofInstant(at, ZoneOffset.ofHours(hours));
        assertFinds(calls, mine.formatted("ge", there), made);
        assertFinds(calls, mine.formatted("eq", there), made);
        assertFinds(calls, mine.formatted("gt", there));
        assertFinds(calls, mine.formatted("lt", there.plusNanos(1_000_000)), made);
      }
    }
  }

  @Test
  @DisplayName("C3/38 filter active gt true: 400 invalidFilter")
  void case038_booleansHaveNoOrder() {
    for (var calls : both()) {
      for (var operator : List.of("gt", "ge", "lt", "le")) {
        assertRefused(calls, "active " + operator + " true");
        assertRefused(calls, "x509Certificates.value " + operator + " 'TQ=='");
      }
    }
  }

  @Test
  @DisplayName("C3/39 filter with an unknown operator or an open bracket: 400 invalidFilter")
  void case039_brokenFilters() {
    for (var calls : both()) {
      for (var filter :
          List.of(
              "userName regex 'a'",
              "(userName eq 'a'",
              "userName eq 'a')",
              "emails[type eq 'work'",
              "userName eq",
              "userName eq 'a",
              "and",
              "userName eq 'a' userName eq 'b'")) {
        assertRefused(calls, filter);
      }
    }
  }

  @Test
  @DisplayName("C3/40 filter a or b and c: a or (b and c)")
  void case040_andBindsMoreThanOr() {
    for (var calls : both()) {
      var mark = mark();
      var a = user(calls, "'title': '" + mark + "a'");
      var b = user(calls, "'title': '" + mark + "b'");
      var filter = "title eq '%1$sa' or title eq '%1$sb' and title eq 'none'".formatted(mark);
      assertFinds(calls, filter, a);
      assertFinds(calls, filter.replace(" or ", " or (") + ")", a);
      assertFinds(calls, "(" + filter.replace(" and ", ") and "));
      assertFinds(calls, filter.replace("'none'", "'" + mark + "b'"), a, b);
    }
  }

  @Test
  @DisplayName("C3/41 filter with escapes, plus for space, trailing &: understood")
  void case041_escapesAndEncodings() {
    for (var calls : both()) {
      var mark = mark();
      var title = mark + " \\\"quoted\\\" back\\\\slash \\u00e9";
      var made = created(calls, "{\"title\": \"" + title + "\"}");
      assertThat(calls.filter("/Users", "title eq \"" + title + "\"").total()).isOne();
      assertThat(
              calls.filter("/Users", "title eq \"" + title.replace("\\u00e9", "é") + "\"").total())
          .isOne();
      var plus = "?filter=title+sw+%22" + mark + "+%5C%22quoted%22";
      for (var end : List.of("", "&", "&count=5&")) {
        assertThat(ids(calls.get("/Users" + plus + end))).containsExactly(made);
      }
    }
  }

  /// A user with one more member, written as JSON.
  private static String created(Calls calls, String member) {
    var start = "{\"schemas\": [\"" + Schema.USER + "\"], \"userName\": \"" + name() + "\", ";
    var answer = calls.post("/Users", start + member.substring(1));
    assertThat(answer.status()).isEqualTo(201);
    return answer.id();
  }

  @Test
  @DisplayName("C3/42 filter externalId eq bareword: tolerant hit, strict 400 invalidFilter")
  void case042_aWordWithoutQuotes() {
    var word = mark();
    var made = user(tolerant, "'externalId': '" + word + "'");
    assertFinds(tolerant, "externalId eq " + word, made);
    user(strict, "'externalId': '" + word + "'");
    assertRefused(strict, "externalId eq " + word);
  }

  @Test
  @DisplayName("C3/43 filter on an unknown attribute: nobody at the root and to tolerant reading")
  void case043_anUnknownAttributeHasNoValues() {
    user(tolerant, "");
    for (var filter :
        List.of("nosuch eq 'x'", "nosuch pr", "nosuch[type eq 'a']", "name.no ne 'x'")) {
      assertFinds(tolerant, filter);
      assertRefused(strict, filter);
      for (var calls : both()) {
        assertThat(calls.filter("/", quoted(filter)).total()).as(filter).isZero();
      }
    }
    assertFinds(tolerant, "not (nosuch pr) and userName eq 'nobody'");
  }

  @Test
  @DisplayName("C3/44 filter password eq: nobody (tolerant), 403 sensitive (strict)")
  void case044_aPasswordIsNoOracle() {
    for (var filter : List.of("password eq 'hush'", "password pr", "password sw 'h'")) {
      for (var calls : both()) {
        user(calls, "'password': 'hush'");
        var answer = calls.filter("/Users", quoted(filter));
        if (isStrict(calls)) assertError(answer, 403, "sensitive");
        else assertThat(answer.total()).isZero();
      }
    }
  }
}
