package dev.tenure.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CodeTest {
  private static final Pattern ENTRY =
      Pattern.compile("^\\| `([A-Z_]+)` \\| ([123]) \\| .+ \\| .+ \\|$");

  @Test
  void everyCodeIsDocumentedWithItsExitCode() throws IOException {
    var documented =
        Files.readAllLines(Path.of("docs/problems.md")).stream()
            .map(ENTRY::matcher)
            .filter(m -> m.matches())
            .map(m -> m.group(1) + " " + m.group(2))
            .toList();
    var codes = Arrays.stream(Code.values()).map(c -> c + " " + c.exit()).toList();
    assertThat(documented).containsExactlyElementsOf(codes);
  }
}
