package dev.tenure.scim.patch;

import static dev.tenure.scim.Samples.USER;
import static dev.tenure.scim.Samples.json;
import static dev.tenure.scim.Samples.mara;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchTest {
  private static Resource patched(Resource user, Reading reading, String operations) {
    var body =
        json("{'schemas':['" + PatchRequest.SCHEMA + "'],'Operations':[" + operations + "]}");
    return Patch.apply(user, PatchRequest.read(body, USER, reading), USER, reading);
  }

  private static Resource patched(Reading reading, String operations) {
    return patched(mara(), reading, operations);
  }

  private static Resource strict(String operations) {
    return patched(Reading.STRICT, operations);
  }

  private static Resource tolerant(String operations) {
    return patched(Reading.TOLERANT, operations);
  }

  private static void fails(Reading reading, ScimType type, String operations) {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> patched(reading, operations))
        .satisfies(e -> assertThat(e.type()).contains(type))
        .satisfies(e -> assertThat(e.status()).isEqualTo(400));
  }

  private static void failsInBoth(ScimType type, String operations) {
    for (var reading : Reading.values()) fails(reading, type, operations);
  }

  @Test
  void falseDeactivatesCase68() {
    assertThat(strict("{'op':'replace','path':'active','value':false}").view().path("active"))
        .isEqualTo(json("false"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'Replace','path':'active','value':'False'}",
        "{'op':'replace','path':null,'value':{'active':false}}",
        "{'op':'replace','value':[{'active':false}]}",
        "{'op':'REPLACE','value':{'ACTIVE':'false'}}",
        "{'Op':'add','Path':'active','Value':[false]}"
      })
  void everyWayOfDeactivatingDeactivatesCases69And70(String operation) {
    assertThat(tolerant(operation).view().path("active")).isEqualTo(json("false"));
  }

  @Test
  void strictReadingWantsRealBooleansCase69() {
    fails(
        Reading.STRICT, ScimType.invalidValue, "{'op':'replace','path':'active','value':'False'}");
  }

  @Test
  void dottedAndUrnKeysAreSplitCase71() {
    var user =
        patched(
            Samples.resource("{'userName':'u'}"),
            Reading.STRICT,
            "{'op':'replace','value':{'name.givenName':'M','"
                + Schema.ENTERPRISE
                + ":employeeNumber':'7'}}");
    assertThat(user)
        .isEqualTo(
            Samples.resource(
                ("{'schemas':['%s','%s'],'userName':'u','name':{'givenName':'M'},'%s':{"
                        + "'employeeNumber':'7'}}")
                    .formatted(Schema.USER, Schema.ENTERPRISE, Schema.ENTERPRISE)));
  }

  @Test
  void anExtensionObjectWithoutAPathIsMergedCase72() {
    var user =
        strict("{'op':'replace','value':{'%s':{'department':'X'}}}".formatted(Schema.ENTERPRISE));
    assertThat(user.view().path(Schema.ENTERPRISE))
        .isEqualTo(json("{'department':'X','manager':{'value':'9'}}"));
  }

  @Test
  void anEqualValueChangesNothingCase73() {
    assertThat(strict("{'op':'add','path':'title','value':'Agent'}")).isEqualTo(mara());
    assertThat(strict("{'op':'add','path':'title','value':'Lead'}").text("title")).contains("Lead");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'add','path':'emails','value':[{'type':'home','value':'mara@home'}]}",
        "{'op':'add','path':'emails','value':{'type':'HOME','value':'mara@home'}}"
      })
  void theSameValueIsNotAddedTwiceCase74(String operation) {
    assertThat(strict(operation).view().path("emails")).hasSize(2);
  }

  @Test
  void anotherValueIsAppendedCase74() {
    assertThat(
            strict("{'op':'add','path':'emails','value':[{'value':'n@x'}]}").view().path("emails"))
        .hasSize(3);
  }

  @Test
  void addMakesTheValueThatItsFilterNamesCase75() {
    for (var reading : Reading.values()) {
      var user =
          patched(
              reading,
              "{'op':'add','path':'phoneNumbers[type eq \\u0022work\\u0022].value','value':'1'}");
      assertThat(user.view().path("phoneNumbers")).isEqualTo(json("[{'type':'work','value':'1'}]"));
    }
  }

  @Test
  void threeAddsToOneAddressMakeOneAddressCase76() {
    var user =
        tolerant(
            """
            {'op':'Add','path':'addresses[type eq \\u0022work\\u0022].formatted','value':'F'},
            {'op':'Add','path':'addresses[type eq \\u0022work\\u0022].locality','value':'L'},
            {'op':'Add','path':'addresses[type eq \\u0022work\\u0022].region','value':'R'}\
            """);
    assertThat(user.view().path("addresses"))
        .isEqualTo(json("[{'type':'work','formatted':'F','locality':'L','region':'R'}]"));
  }

  @Test
  void replaceOfWhatNoFilterFindsDependsOnTheReadingCase77() {
    var operation =
        "{'op':'replace','path':'emails[type eq \\u0022other\\u0022].value','value':'o@x'}";
    fails(Reading.STRICT, ScimType.noTarget, operation);
    assertThat(tolerant(operation).view().path("emails"))
        .hasSize(3)
        .contains(json("{'type':'other','value':'o@x'}"));
  }

  @Test
  void replaceWithAFilterReplacesThatValueOnlyCase78() {
    var user =
        strict(
            "{'op':'replace','path':'emails[type eq \\u0022home\\u0022]','value':{"
                + "'type':'other','value':'n'}}");
    assertThat(user.view().path("emails"))
        .containsExactly(
            json("{'type':'work','value':'mara@work','primary':true}"),
            json("{'type':'other','value':'n'}"));
  }

  @Test
  void replaceWithoutAFilterReplacesAllCase79() {
    assertThat(
            strict("{'op':'replace','path':'emails','value':[{'value':'n'}]}")
                .view()
                .path("emails"))
        .isEqualTo(json("[{'value':'n'}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'replace','path':'emails[type eq \\u0022home\\u0022].primary','value':true}",
        "{'op':'add','path':'emails','value':[{'type':'home','value':'mara@home','primary':true}]}",
        "{'op':'add','path':'emails[type eq \\u0022home\\u0022]','value':{'primary':true}}"
      })
  void theNewPrimaryTakesItFromTheOldCase80(String operation) {
    assertThat(strict(operation).view().path("emails"))
        .containsExactly(
            json("{'type':'work','value':'mara@work','primary':false}"),
            json("{'type':'home','value':'mara@home','primary':true}"));
  }

  @Test
  void twoPrimariesInOneOperationAreRefused() {
    failsInBoth(
        ScimType.invalidValue,
        "{'op':'replace','path':'emails','value':[{'value':'a','primary':true},{"
            + "'value':'b','primary':true}]}");
    failsInBoth(ScimType.invalidValue, "{'op':'replace','path':'emails.primary','value':true}");
  }

  @Test
  void removeWithoutAPathHasNoTargetCase81() {
    failsInBoth(ScimType.noTarget, "{'op':'remove'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'remove','path':'userName'}",
        "{'op':'replace','path':'userName','value':null}",
        "{'op':'remove','path':'id'}",
        "{'op':'replace','path':'groups','value':[{'value':'g'}]}",
        "{'op':'add','path':'meta.version','value':'2'}"
      })
  void requiredAndReadOnlyAttributesStayCases82And90(String operation) {
    failsInBoth(ScimType.mutability, operation);
  }

  @Test
  void removeTakesExactlyWhatItNamesCase83() {
    assertThat(strict("{'op':'remove','path':'title'}").get("title")).isEmpty();
    assertThat(strict("{'op':'remove','path':'name.givenName'}").view().path("name"))
        .isEqualTo(json("{'familyName':'Okafor'}"));
    assertThat(strict("{'op':'replace','path':'title','value':null}").get("title")).isEmpty();
  }

  @Test
  void aRemovedExtensionLeavesSchemasCase84() {
    var user = strict("{'op':'remove','path':'" + Schema.ENTERPRISE + "'}");
    assertThat(user.get(Schema.ENTERPRISE)).isEmpty();
    assertThat(user.view().path("schemas")).isEqualTo(json("['" + Schema.USER + "']"));
  }

  @Test
  void anExtensionWithoutAttributesVanishes() {
    var user =
        strict(
            "{'op':'remove','path':'%s:department'},{'op':'remove','path':'%s:manager'}"
                .formatted(Schema.ENTERPRISE, Schema.ENTERPRISE));
    assertThat(user.get(Schema.ENTERPRISE)).isEmpty();
    assertThat(user.view().path("schemas")).hasSize(1);
  }

  @Test
  void aWholeExtensionIsReplaced() {
    var user =
        strict(
            "{'op':'replace','path':'%s','value':{'division':'D'}}".formatted(Schema.ENTERPRISE));
    assertThat(user.view().path(Schema.ENTERPRISE)).isEqualTo(json("{'division':'D'}"));
  }

  @Test
  void removeNeverStoresTheValueThatCameAlongCase85() {
    var user =
        tolerant(
            "{'op':'Remove','path':'emails[type eq \\u0022work\\u0022].value','value':'else@x'}");
    assertThat(user.view().path("emails")).isEqualTo(json("[{'type':'home','value':'mara@home'}]"));
  }

  @Test
  void removeWhereNothingMatchesChangesNothingCase100() {
    assertThat(strict("{'op':'remove','path':'emails[type eq \\u0022x\\u0022]'}"))
        .isEqualTo(mara());
  }

  @Test
  void lowerCaseOperationsAreToleratedCase86() {
    var body = json("{'operations':[{'op':'REMOVE','path':'title'}]}");
    var read = PatchRequest.read(body, USER, Reading.TOLERANT);
    assertThat(read).hasSize(1);
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> PatchRequest.read(body, USER, Reading.STRICT))
        .satisfies(e -> assertThat(e.type()).contains(ScimType.invalidSyntax));
  }

  @Test
  void unknownOperationsAndEmptyListsAreRefusedCase87() {
    failsInBoth(ScimType.invalidSyntax, "{'op':'move','path':'title','value':'x'}");
    failsInBoth(ScimType.invalidSyntax, "");
    failsInBoth(ScimType.invalidSyntax, "7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emails[",
        "nosuch.attr",
        "emails]",
        "emails[type eq]",
        "emails[type eq \\u0022a\\u0022]x",
        "name[givenName pr]",
        "emails[type pr].nosuch",
        "."
      })
  void brokenPathsAreInvalidCase88(String path) {
    failsInBoth(ScimType.invalidPath, "{'op':'replace','path':'" + path + "','value':'x'}");
  }

  @Test
  void aFailureLeavesEverythingAsItWasCase89() {
    var user = mara();
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() ->
            patched(
                user,
                Reading.STRICT,
                "{'op':'remove','path':'title'},{'op':'remove','path':'emails'},{"
                    + "'op':'remove','path':'userName'}"));
    assertThat(user).isEqualTo(mara());
  }

  @Test
  void readOnlyWithoutAPathIsPassedOverOrRefusedCases90And106() {
    var operation = "{'op':'replace','value':{'id':'8','groups':[{'value':'g'}],'title':'T'}}";
    fails(Reading.STRICT, ScimType.mutability, operation);
    var user = tolerant(operation);
    assertThat(user.text("title")).contains("T");
    assertThat(user.text("id")).contains("7");
    assertThat(user.get("groups")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'5'",
        "{'value':'5'}",
        "[{'value':'5','$ref':null}]",
        "{'value':'5','displayName':'x'}"
      })
  void aManagerInAnyShapeIsAValueCase91(String manager) {
    for (var path : new String[] {Schema.ENTERPRISE + ":manager", "manager"}) {
      var user = tolerant("{'op':'Add','path':'" + path + "','value':" + manager + "}");
      assertThat(user.view().path(Schema.ENTERPRISE).path("manager"))
          .isEqualTo(json("{'value':'5'}"));
    }
  }

  @Test
  void aRoleThatIsJsonTextIsOpenedCase92() {
    var user =
        tolerant(
            "{'op':'Add','path':'roles','value':[{'value':'{"
                + "\\u0022id\\u0022:\\u00221\\u0022,\\u0022value\\u0022:\\u0022Lead\\u0022,"
                + "\\u0022displayName\\u0022:\\u0022L\\u0022}'}]}");
    assertThat(user.view().path("roles"))
        .isEqualTo(json("[{'value':'Agent'},{'value':'Lead','display':'L'}]"));
  }

  @Test
  void thePrimaryRoleIsReplacedOrMadeCase93() {
    var operation =
        "{'op':'replace','path':'roles[primary eq \\u0022True\\u0022].value','value':'Admin'}";
    var made = tolerant(operation);
    assertThat(made.view().path("roles"))
        .isEqualTo(json("[{'value':'Agent'},{'primary':true,'value':'Admin'}]"));
    assertThat(patched(made, Reading.TOLERANT, operation)).isEqualTo(made);
  }

  @Test
  void theMessageSchemaIsWantedInStrictReadingCase96() {
    var body = json("{'Operations':[{'op':'remove','path':'title'}]}");
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> PatchRequest.read(body, USER, Reading.STRICT))
        .satisfies(e -> assertThat(e.type()).contains(ScimType.invalidSyntax));
    assertThat(PatchRequest.read(body, USER, Reading.TOLERANT)).hasSize(1);
  }
}
