package dev.tenure.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScimJsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":2}", "{} {}", "nope", "[1,]", "{\"a\":01}"})
  void whatIsNotOneJsonDocumentIsASyntaxError(String document) {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> ScimJson.read(document))
        .satisfies(e -> assertThat(e.type()).contains(ScimType.invalidSyntax));
  }

  @Test
  void depthAndNumbersAreBounded() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> ScimJson.read("[".repeat(10_000)));
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> ScimJson.read("9".repeat(10_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "{\"a\":[-1e400]}", "2e308"})
  void aNumberThatNoDoubleHoldsIsASyntaxError(String document) {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> ScimJson.read(document))
        .satisfies(e -> assertThat(e.type()).contains(ScimType.invalidSyntax));
  }

  @Test
  void invalidUtf8IsASyntaxError() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> ScimJson.read(new byte[] {'"', (byte) 0xC3, '"'}));
    assertThat(ScimJson.read("\"é\"".getBytes(StandardCharsets.UTF_8)).stringValue())
        .isEqualTo("é");
  }

  @Test
  void anErrorDoesNotRepeatTheDocument() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> ScimJson.read("{\"password\": hunter2}"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2").contains("line 1"));
  }

  @Test
  void equalNumbersAreEqualNodes() {
    assertThat(ScimJson.number(new BigDecimal("3.00")))
        .isEqualTo(ScimJson.number(new BigDecimal("3")));
    assertThat(ScimJson.number(new BigDecimal("1e400"))).isEmpty();
    assertThat(ScimJson.number(new BigDecimal("1e-999999"))).isPresent();
  }
}
