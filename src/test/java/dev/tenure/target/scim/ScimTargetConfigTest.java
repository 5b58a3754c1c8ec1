package dev.tenure.target.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.config.Configuration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScimTargetConfigTest {
  @TempDir Path folder;

  private ScimTargetConfig read(String scim) throws IOException {
    var file = folder.resolve("tenure.yaml");
    Files.writeString(file, "targets:\n  other:\n    scim: {" + scim + "}\n");
    var configuration = Configuration.load(file, name -> "value of " + name);
    var other = configuration.root().sections("targets").values().iterator().next();
    var config = ScimTargetConfig.read(other.section("scim").orElseThrow());
    configuration.finish();
    return config;
  }

  @Test
  void theUsualValuesNeedNotBeWritten() throws IOException {
    var config = read("url: 'https://x/scim/v2/', token: '${env:T}'");
    assertThat(config.base()).isEqualTo(URI.create("https://x/scim/v2"));
    assertThat(config.token().get().reveal()).isEqualTo("value of T");
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.pageSize()).isEqualTo(100);
    assertThat(config.toString()).doesNotContain("value of T");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThatThrownBy(() -> read("url: 'ftp://x', token: '${env:T}', pageSize: 0, timeout: 0s"))
        .hasMessageContaining("https://host/scim/v2")
        .hasMessageContaining("pageSize")
        .hasMessageContaining("timeout");
  }
}
