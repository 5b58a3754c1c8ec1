package dev.tenure.scim.message;

import static dev.tenure.scim.Samples.GROUP;
import static dev.tenure.scim.Samples.USER;
import static dev.tenure.scim.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.Schema;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {
  private static final String HEAD = "{'schemas':['" + Schema.USER + "'],'userName':'u'";

  private static Resource read(Reading reading, String body) {
    return ResourceReader.read(json(body), USER, reading);
  }

  private static void fails(Reading reading, ScimType type, String body) {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> read(reading, body))
        .satisfies(e -> assertThat(e.type()).contains(type));
  }

  private static void tolerantOnly(ScimType type, String body, String result) {
    fails(Reading.STRICT, type, body);
    assertThat(read(Reading.TOLERANT, body)).isEqualTo(Samples.resource(result));
  }

  @Test
  void readOnlyAttributesAreIgnoredCases2And58() {
    assertThat(
            read(
                Reading.STRICT,
                HEAD + ",'id':'x','meta':{'version':'1'},'groups':[{'value':'g'}]}"))
        .isEqualTo(Samples.resource(HEAD + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'userName':null", ",'userName':''", ",'userName':' '"})
  void aUserHasANameCases3And60(String member) {
    for (var reading : Reading.values()) {
      fails(reading, ScimType.invalidValue, "{'schemas':['" + Schema.USER + "']" + member + "}");
    }
  }

  @Test
  void aGroupHasANameCase97() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> ResourceReader.read(json("{}"), GROUP, Reading.TOLERANT))
        .withMessage("'displayName' is required and missing");
  }

  @Test
  void schemasMayBeMissingInTolerantReadingOnlyCase4() {
    tolerantOnly(ScimType.invalidSyntax, "{'userName':'u'}", HEAD + "}");
  }

  @Test
  void unknownSchemasAndAttributesAreToleratedCase5() {
    tolerantOnly(
        ScimType.invalidValue,
        "{'schemas':['" + Schema.USER + "','urn:x'],'userName':'u'}",
        HEAD + "}");
    tolerantOnly(ScimType.invalidValue, HEAD + ",'nosuch':1}", HEAD + "}");
    tolerantOnly(
        ScimType.invalidValue,
        HEAD + ",'name':{'nosuch':1,'givenName':'M'}}",
        HEAD + ",'name':{'givenName':'M'}}");
  }

  @Test
  void anExtensionNeedNotBeNamedInSchemasCase6() {
    for (var key : new String[] {Schema.ENTERPRISE, Schema.ENTERPRISE.toUpperCase(Locale.ROOT)}) {
      assertThat(read(Reading.STRICT, HEAD + ",'" + key + "':{'DEPARTMENT':'S'}}"))
          .isEqualTo(
              Samples.resource(
                  "{'schemas':['%s','%s'],'userName':'u','%s':{'department':'S'}}"
                      .formatted(Schema.USER, Schema.ENTERPRISE, Schema.ENTERPRISE)));
    }
  }

  @Test
  void oneLoginsNameOfTheExtensionIsUnderstood() {
    var user =
        read(
            Reading.TOLERANT,
            HEAD + ",'urn:scim:schemas:extension:enterprise:2.0':{'department':'S'}}");
    assertThat(user.view().path(Schema.ENTERPRISE)).isEqualTo(json("{'department':'S'}"));
  }

  @Test
  void anExtensionMayAlsoComeByQualifiedNames() {
    var user =
        read(
            Reading.TOLERANT,
            HEAD
                + ",'%s:department':'S','%s':{'division':'D'}}"
                    .formatted(Schema.ENTERPRISE, Schema.ENTERPRISE));
    assertThat(user.view().path(Schema.ENTERPRISE))
        .isEqualTo(json("{'department':'S','division':'D'}"));
  }

  @Test
  void trueAsTextIsToleratedCase11() {
    tolerantOnly(ScimType.invalidValue, HEAD + ",'active':'True'}", HEAD + ",'active':true}");
    fails(Reading.TOLERANT, ScimType.invalidValue, HEAD + ",'active':'yes'}");
  }

  @Test
  void nullsAndEmptyListsAreNothingCases12And61() {
    assertThat(
            read(
                Reading.STRICT,
                HEAD + ",'title':null,'emails':[],'roles':[null],'name':{'givenName':null}}"))
        .isEqualTo(Samples.resource(HEAD + "}"));
  }

  @Test
  void twoPrimariesAreRefusedCase13() {
    for (var reading : Reading.values()) {
      fails(
          reading,
          ScimType.invalidValue,
          HEAD + ",'emails':[{'value':'a','primary':true},{'value':'b','primary':true}]}");
    }
  }

  @Test
  void numbersAndTextStandInForEachOtherInTolerantReading() {
    tolerantOnly(
        ScimType.invalidValue, HEAD + ",'externalId':701984}", HEAD + ",'externalId':'701984'}");
    tolerantOnly(
        ScimType.invalidValue,
        HEAD + ",'emails':{'value':'a'}}",
        HEAD + ",'emails':[{'value':'a'}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'name':'x'",
        "'title':{'a':1}",
        "'title':['a','b']",
        "'emails':[[{'value':'a'}]]",
        "'emails':[{'primary':'perhaps'}]",
        "'title':'\\u0000'",
        "'title':'\\ud800'",
        "'x509Certificates':[{'value':'=a='}]",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':7",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'dateHire':'soon'}",
        "'urn:ietf:params:scim:schemas:extension:genesys:purecloud:2.0:User':{"
            + "'externalIds':[{'value':'x'}]}",
        "'urn:ietf:params:scim:schemas:extension:genesys:purecloud:2.0:User':{"
            + "'routingSkills':[{'name':'x','proficiency':'high'}]}"
      })
  void wrongTypesAreInvalidValues(String member) {
    for (var reading : Reading.values()) {
      fails(reading, ScimType.invalidValue, HEAD + "," + member + "}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "'x'", "{'userName':'u','USERNAME':'v'}"})
  void whatIsNoResourceIsASyntaxError(String body) {
    fails(Reading.TOLERANT, ScimType.invalidSyntax, body);
  }

  @Test
  void anErrorNeverShowsTheValue() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> read(Reading.STRICT, HEAD + ",'password':['hunter2','x']}"))
        .withMessage("'password' must be string, found a list");
  }

  @Test
  void theAnswerOfAServerKeepsWhatIsReadOnly() {
    var answer =
        json("{'ID':'7','UserName':'u','meta':{'version':'1'},'groups':[{'value':'g'}],'x':1}");
    assertThat(ResourceReader.observed(answer, USER))
        .isEqualTo(
            Samples.resource(HEAD + ",'id':'7','meta':{'version':'1'},'groups':[{'value':'g'}]}"));
  }
}
