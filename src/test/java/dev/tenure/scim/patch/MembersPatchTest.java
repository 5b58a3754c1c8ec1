package dev.tenure.scim.patch;

import static dev.tenure.scim.Samples.GROUP;
import static dev.tenure.scim.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operations on the members of a group.
class MembersPatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'op':'Remove','path':'members','value':[{'$ref':null,'value':'u1'}]}   | u2",
        "{'op':'remove','path':'members','value':['u1']}                          | u2",
        "{'op':'remove','path':'members','value':{'value':'u2'}}                 | u1",
        "{'op':'remove','path':'members[value eq \\u0022u1\\u0022]'}             | u2",
        "{'op':'remove','path':'members','value':[]}                             | u1,u2",
        "{'op':'remove','path':'members[value eq \\u0022x\\u0022]'}              | u1,u2",
        "{'op':'add','path':'members','value':[{'value':'u2'},{'value':'u3'}]}   | u1,u2,u3",
        "{'op':'replace','path':'members','value':[{'value':'u3'}]}              | u3",
        "{'op':'remove','path':'members'}                                        | ''",
        "{'op':'replace','path':'members','value':[]}                            | ''"
      })
  void membersChangeAsSaidCases99To105(String operation, String left) {
    for (var reading : Reading.values()) {
      var group =
          Samples.resource(
              "{'schemas':['%s'],'displayName':'G','members':[{'value':'u1'},{'value':'u2'}]}"
                  .formatted(Schema.GROUP));
      var body =
          json("{'schemas':['" + PatchRequest.SCHEMA + "'],'Operations':[" + operation + "]}");
      var after = Patch.apply(group, PatchRequest.read(body, GROUP, reading), GROUP, reading);
      var ids = after.view().path("members").valueStream().map(m -> m.path("value").asString());
      assertThat(String.join(",", ids.toList())).isEqualTo(left);
    }
  }

  @Test
  void whatAMemberIsCannotBeChangedCase107() {
    var group = Samples.resource("{'displayName':'G','members':[{'value':'u1','type':'User'}]}");
    for (var operation :
        new String[] {
          "{'op':'replace','path':'members[value eq \\u0022u1\\u0022].display','value':'x'}",
          "{'op':'replace','path':'members[value eq \\u0022u1\\u0022].type','value':'Group'}",
          "{'op':'replace','path':'members[value eq \\u0022u1\\u0022].value','value':'u2'}"
        }) {
      var body = json("{'Operations':[" + operation + "]}");
      var read = PatchRequest.read(body, GROUP, Reading.TOLERANT);
      assertThatExceptionOfType(ScimException.class)
          .isThrownBy(() -> Patch.apply(group, read, GROUP, Reading.TOLERANT))
          .satisfies(e -> assertThat(e.type()).contains(ScimType.mutability));
    }
  }
}
