package dev.tenure.scim.message;

import static dev.tenure.scim.Samples.USER;
import static dev.tenure.scim.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Samples;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ProjectionTest {
  private static Projection only(String... names) {
    return Projection.of(USER, List.of(names), List.of(), Reading.STRICT);
  }

  private static Projection without(String... names) {
    return Projection.of(USER, List.of(), List.of(names), Reading.STRICT);
  }

  private static ObjectNode mara() {
    return Samples.mara().json().put("password", "secret");
  }

  @Test
  void alwaysAndWhatWasAskedForCase18() {
    var answer = only("USERNAME").apply(mara());
    assertThat(answer.propertyNames()).containsExactlyInAnyOrder("schemas", "id", "userName");
  }

  @Test
  void whatIsAlwaysReturnedCannotBeExcludedCase19() {
    var answer = without("id", "userName", "emails.type").apply(mara());
    assertThat(answer.has("id")).isTrue();
    assertThat(answer.has("userName")).isFalse();
    assertThat(answer.at("/emails/1")).isEqualTo(json("{'value':'mara@home'}"));
  }

  @Test
  void oneSubAttributeOnlyCase20() {
    var answer = only("name.givenName", "emails.value").apply(mara());
    assertThat(answer.path("name")).isEqualTo(json("{'givenName':'Mara'}"));
    assertThat(answer.path("emails"))
        .isEqualTo(json("[{'value':'mara@work'},{'value':'mara@home'}]"));
  }

  @Test
  void oneExtensionValueOnlyCase21() {
    var answer = only(Schema.ENTERPRISE + ":department").apply(mara());
    assertThat(answer.path(Schema.ENTERPRISE)).isEqualTo(json("{'department':'Sales'}"));
    assertThat(only(Schema.ENTERPRISE).apply(mara()).path(Schema.ENTERPRISE)).hasSize(2);
    assertThat(without(Schema.ENTERPRISE).apply(mara()).has(Schema.ENTERPRISE)).isFalse();
  }

  @Test
  void aPasswordIsNeverReturnedCase22() {
    assertThat(only("password").apply(mara()).has("password")).isFalse();
    assertThat(only().apply(mara()).has("password")).isFalse();
  }

  @Test
  void bothAtOnceAreRefusedCase23() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> Projection.of(USER, List.of("title"), List.of("id"), Reading.TOLERANT))
        .satisfies(e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void theWholeIsWhatNobodyNarrowed() {
    assertThat(only().isWhole()).isTrue();
    assertThat(only("nosuch").isWhole()).isFalse();
    assertThat(without("title").isWhole()).isFalse();
    assertThat(only().apply(Samples.mara().json())).isEqualTo(Samples.mara().view());
    assertThat(without("emails").includes("emails")).isFalse();
    assertThat(only("emails.value").includes("emails")).isTrue();
  }
}
