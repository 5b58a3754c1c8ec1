package dev.tenure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each command has a page that `man` can show.
class ManPagesTest {
  @TempDir Path folder;

  private final java.util.Map<String, String> pages = new ManPages(CommandLineFace.root()).all();

  @Test
  void everyCommandHasOne() {
    assertThat(pages.keySet())
        .contains("tenure.1", "tenure-plan.1", "tenure-audit-export.1", "tenure-org-list.1")
        .doesNotContain("tenure-docs.1");
    for (var command : Commands.all()) {
      if (!command.summary().isEmpty()) assertThat(pages).containsKey(file(command.name()));
    }
    assertThat(pages.get("tenure-plan.1")).contains(".SH NAME\ntenure\\-plan \\- ", "FLOW");
  }

  private static String file(String command) {
    return "tenure-" + command + ".1";
  }

  /// Nothing of a description is taken for a request of the language.
  @Test
  void everyLineIsOneOfOursOrText() {
    pages.forEach((name, page) ->
        assertThat(page.lines().filter(l -> l.startsWith(".") || l.startsWith("'")))
            .as(name)
            .allSatisfy(line -> assertThat(line).matches("\\.(TH|SH|TP|B|BR) .*|\\.TP")));
  }

  @Test
  void manShowsThem() throws IOException, InterruptedException {
    for (var page : List.of("tenure.1", "tenure-audit-export.1")) {
      var file = Files.writeString(folder.resolve(page), pages.get(page));
      var groff =
          new ProcessBuilder("groff", "-man", "-ww", "-Tutf8", "-P-cbou", file.toString())
              .redirectErrorStream(true)
              .start();
      var shown =
          new String(
              groff.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(groff.waitFor()).as(shown).isZero();
      assertThat(shown).contains("NAME", "SYNOPSIS", "EXIT").doesNotContain("warning");
    }
  }
}
