package dev.tenure.scim.filter;

import static dev.tenure.scim.Samples.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static boolean hits(String filter, Reading reading) {
    return FilterEvaluator.matches(FilterParser.parse(filter, USER, reading), Samples.mara());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName eq \"mara@example.com\"",
        "USERNAME Eq \"MARA@EXAMPLE.COM\"",
        "externalId eq \"Ab\"",
        "emails[type eq \"work\"].value eq \"MARA@work\"",
        "emails[type eq \"work\" and value co \"@work\"]",
        "emails co \"@home\"",
        "emails.value co \"@home\"",
        "emails.VALUE sw \"mara\" and emails ew \"work\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"M\"",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "
            + "\"sales\" and active eq true",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq \"9\"",
        "title pr and not (nickName pr)",
        "not(nickName pr)",
        "meta.lastModified eq \"2026-01-01T10:00:00Z\"",
        "meta.lastModified ge \"2026-01-01T09:59:59.999Z\"",
        "meta.lastModified lt \"2026-01-02T00:00:00Z\"",
        "title eq \"Agent\" or title eq \"x\" and title eq \"y\"",
        "(title eq \"x\" or title eq \"Agent\") and active eq true",
        "title eq \"\\u0041gent\"",
        "nickName eq null and title ne null",
        "nickName ne \"x\"",
        "emails[not (type eq \"work\")].value eq \"mara@home\"",
        "schemas eq \"urn:ietf:params:scim:schemas:core:2.0:User\"",
        "id eq \"7\"",
        "title gt \"Age\" and title le \"agent\""
      })
  void strictFiltersThatHitCases28To41(String filter) {
    assertThat(hits(filter, Reading.STRICT)).isTrue();
    assertThat(hits(filter, Reading.TOLERANT)).isTrue();
    assertThat(hits("not (" + filter + ")", Reading.STRICT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "externalId eq \"ab\"",
        "emails[type eq \"home\" and value co \"@work\"]",
        "emails[type eq \"home\" and value eq \"mara@work\"].value pr",
        "nickName gt \"a\"",
        "(title eq \"Agent\" or title eq \"x\") and title eq \"y\"",
        "nickName pr"
      })
  void strictFiltersThatDoNotHit(String filter) {
    assertThat(hits(filter, Reading.STRICT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "externalId eq Ab",
        "active eq \"True\"",
        "emails[primary eq \"True\"].value eq \"mara@work\"",
        "department eq \"Sales\"",
        "id eq 7"
      })
  void tolerantReadingUnderstandsWhatStrictRefusesCases35And42(String filter) {
    assertThat(hits(filter, Reading.TOLERANT)).isTrue();
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> hits(filter, Reading.STRICT))
        .satisfies(e -> assertThat(e.type()).contains(ScimType.invalidFilter));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "active gt true",
        "active co \"t\"",
        "x509Certificates.value gt \"a\"",
        "userName regex \"a\"",
        "emails[type eq \"work\"",
        "emails[type eq \"work\"]]",
        "(userName pr",
        "userName pr)",
        "userName eq",
        "userName eq \"x",
        "userName eq \"\\x\"",
        "userName eq \"\\u0000\"",
        "userName eq \"\\ud800\"",
        "userName gt null",
        "and",
        "userName pr and",
        "not userName",
        "meta.created gt \"yesterday\"",
        "name eq \"x\"",
        "name[givenName pr]",
        "emails[emails[type pr]]",
        "active eq maybe",
        "userName pr userName pr"
      })
  void whatIsWrongIsAnInvalidFilterInEitherReadingCases38And39(String filter) {
    for (var reading : Reading.values()) {
      assertThatExceptionOfType(ScimException.class)
          .isThrownBy(() -> hits(filter, reading))
          .satisfies(e -> assertThat(e.status()).isEqualTo(400))
          .satisfies(e -> assertThat(e.type()).contains(ScimType.invalidFilter));
    }
  }

  @Test
  void anUnknownAttributeIsNothingOrAnErrorCase43() {
    assertThat(hits("nosuch eq \"x\" or nosuch[a eq 1 and b pr].c pr", Reading.TOLERANT)).isFalse();
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> hits("userNam eq \"x\"", Reading.STRICT))
        .withMessageContaining("position 1")
        .withMessageContaining("nearest is 'userName'");
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> hits("manager eq \"x\"", Reading.STRICT))
        .withMessageContaining("nearest is '" + Schema.ENTERPRISE + ":manager'");
  }

  @Test
  void aPasswordCannotBeAskedForCase44() {
    assertThat(FilterParser.parse("password eq \"x\"", USER, Reading.TOLERANT))
        .isEqualTo(new Filter.Nothing());
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> FilterParser.parse("password sw \"x\"", USER, Reading.STRICT))
        .satisfies(e -> assertThat(e.status()).isEqualTo(403));
  }

  @Test
  void lengthAndDepthAreBounded() {
    for (var hostile :
        new String[] {
          "(".repeat(100_000), "(".repeat(60) + "id pr" + ")".repeat(60), "not (".repeat(1_000)
        }) {
      assertThatExceptionOfType(ScimException.class)
          .isThrownBy(() -> hits(hostile, Reading.STRICT));
    }
    var chain = "id pr" + " and id pr".repeat(FilterParser.CONDITIONS_MAX - 1);
    assertThat(hits(chain, Reading.STRICT)).isTrue();
    // ./fuzz found that this one is deeper, as a tree, than a stack of 1 MB is sure to hold.
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> hits(chain + " and id pr", Reading.STRICT))
        .satisfies(e -> assertThat(e.type()).contains(ScimType.invalidFilter));
  }

  @Test
  void anErrorNamesPositionAndWhatIsAllowed() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> hits("active gt true", Reading.STRICT))
        .withMessage("filter: at position 8 is 'gt', allowed is 'pr', 'eq', 'ne'");
  }
}
