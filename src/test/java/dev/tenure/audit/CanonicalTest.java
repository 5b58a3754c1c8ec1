package dev.tenure.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class CanonicalTest {
  @Test
  void equalValuesHaveEqualBytes() {
    assertThat(text("{ \"b\" : [ ], \"a\" : {\"z\":null,\"y\":true}, \"\" : { } }"))
        .isEqualTo("{\"\":{},\"a\":{\"y\":true,\"z\":null},\"b\":[]}");
    assertThat(text("[1, \"x\", [2]]")).isEqualTo("[1,\"x\",[2]]");
  }

  @Test
  void aNumberHasOneForm() {
    assertThat(text("[1, 1.0, 1e0, 10e-1]")).isEqualTo("[1,1,1,1]");
    assertThat(text("[100, 1e2, -0.50, 0.0, 0e7]")).isEqualTo("[100,100,-0.5,0,0]");
    assertThat(text("12345678901234567890.123456789012345678900"))
        .isEqualTo("12345678901234567890.1234567890123456789");
    assertThat(text("1e2000000000")).isEqualTo("1E+2000000000");
  }

  @Test
  void onlyWhatMustBeIsEscaped() {
    assertThat(text("\"\\u0041\\/ü😀\\\"\\\\\\u0007\\t\\n\\u007f\""))
        .isEqualTo("\"A/ü😀\\\"\\\\\\u0007\\t\\n\u007f\"");
  }

  @Test
  void halfAPairHasNoBytes() {
    var nodes = JsonNodeFactory.instance;
    for (var half : new String[] {"\ud83d", "\ud83dx", "\ude00", "x\ude00\ud83d"}) {
      assertThatThrownBy(() -> Canonical.text(nodes.stringNode(half)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void timesHaveMicroseconds() {
    assertThat(Canonical.time(Instant.parse("2026-11-24T08:00:00Z")))
        .isEqualTo("2026-11-24T08:00:00.000000Z");
  }

  private static String text(String json) {
    return Canonical.text(AuditJson.read(json));
  }
}
