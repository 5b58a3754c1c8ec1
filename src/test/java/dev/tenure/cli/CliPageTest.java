package dev.tenure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/// `docs/cli.md` has every command with its options and the shape of its JSON. `./check
/// -Dtest=CliPageTest -Dcli.page=write` writes it anew.
class CliPageTest {
  private static final Path PAGE = Path.of("docs/cli.md");
  private static final String MARK = "<!-- from here on made by CliPageTest -->\n";
  private static final Set<String> COMMON = Set.of("--help", "--output", "--data", "--config");

  /// They tell a story, write a file or a script, or go on until they are stopped.
  private static final Set<String> WITHOUT =
      Set.of(
          "quickstart",
          "serve",
          "completion",
          "audit export",
          "audit keys",
          "client revoke",
          "bench");

  private final Shapes shapes = new Shapes();
  private final StringBuilder text = new StringBuilder();

  @Test
  void thePageIsWhatCanBeTyped() throws IOException {
    text.append("\n## Commands\n");
    below(CommandLineFace.root(), "");
    text.append("\n## Shapes that others refer to\n\n");
    shapes
        .named()
        .properties()
        .forEach(e -> text.append("`%s`\n\n".formatted(e.getKey())).append(block(e.getValue())));
    var page = Files.readString(PAGE);
    var written = page.substring(0, page.indexOf(MARK) + MARK.length()) + text;
    if (System.getProperty("cli.page", "").equals("write")) Files.writeString(PAGE, written);
    else assertThat(page).as("-Dcli.page=write writes it anew").isEqualTo(written);
  }

  private void below(CommandSpec spec, String name) {
    spec.subcommands()
        .forEach((word, line) -> {
          var below = line.getCommandSpec();
          var full = name.isEmpty() ? word : name + " " + word;
          if (below.usageMessage().hidden()) return;
          if (below.userObject() instanceof Command) command(below, full);
          below(below, full);
        });
  }

  private void command(CommandSpec spec, String name) {
    text.append("\n### tenure ").append(name).append("\n\n");
    text.append(String.join(" ", List.of(spec.usageMessage().description()))).append("\n\n");
    text.append("| given | what |\n|---|---|\n");
    for (var given : spec.positionalParameters()) {
      row(given.paramLabel(), given.description());
    }
    for (var option : spec.options()) {
      if (!COMMON.contains(option.longestName())) {
        var value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        row(option.longestName() + value, option.description());
      }
    }
    if (text.toString().endsWith("|---|---|\n")) {
      text.setLength(text.length() - "| given | what |\n|---|---|\n\n".length());
      text.append('\n');
    }
    var shape = shapes.of(name);
    assertThat(WITHOUT.contains(name)).as(name + " has a shape").isEqualTo(shape.isMissingNode());
    if (!shape.isMissingNode()) text.append('\n').append(block(shape));
  }

  private void row(String given, String... words) {
    text.append("| `%s` | %s |\n".formatted(given.replace("|", "\\|"), String.join(" ", words)));
  }

  private static String block(JsonNode shape) {
    return "```json\n" + Faces.json(shape) + "\n```\n\n";
  }
}
