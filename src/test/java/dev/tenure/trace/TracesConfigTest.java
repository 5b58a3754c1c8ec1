package dev.tenure.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.config.Configuration;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesConfigTest {
  private static final String SECRET = "Bearer of-the-collector";
  @TempDir Path folder;

  private TracesConfig read(String section) throws IOException {
    var file = folder.resolve("tenure.yaml");
    Files.writeString(file, "traces: " + section);
    var configuration = Configuration.load(file, Map.of("LOGIN", SECRET)::get);
    var config = TracesConfig.read(configuration.root().section("traces").orElseThrow());
    configuration.finish();
    return config;
  }

  @Test
  void aCollectorsAddressGetsThePathOfTraces() throws IOException {
    var config = read("{endpoint: 'http://127.0.0.1:4318'}");
    assertThat(config.endpoint()).hasToString("http://127.0.0.1:4318/v1/traces");
    assertThat(config.ratio()).isEqualTo(1);
    assertThat(config.propagate()).isFalse();
    assertThat(config.headers()).isEmpty();
    assertThat(read("{endpoint: 'https://c.example/otlp/x'}").endpoint())
        .hasToString("https://c.example/otlp/x");
  }

  @Test
  void headersAreSecretAndGoOverHttpsOrNotFar() throws IOException {
    var headers = "headers: {Authorization: '${env:LOGIN}'}, ratio: 10%";
    var config = read("{endpoint: 'https://c.example', " + headers + "}");
    assertThat(config.headers())
        .hasEntrySatisfying("Authorization", s -> assertThat(s.reveal()).isEqualTo(SECRET));
    assertThat(config.toString()).doesNotContain(SECRET);
    assertThat(config.ratio()).isEqualTo(0.1);
    assertThat(read("{endpoint: 'http://localhost:4318', " + headers + "}").headers()).hasSize(1);
    assertThatThrownBy(() -> read("{endpoint: 'http://c.example', " + headers + "}"))
        .isInstanceOf(Problem.Found.class)
        .hasMessageContaining("https://");
  }

  @Test
  void anAddressWithASecretIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> read("{endpoint: 'https://me:hush@c.example'}"))
        .isInstanceOf(Problem.Found.class)
        .hasMessageContaining("collector")
        .hasMessageNotContaining("hush");
  }
}
