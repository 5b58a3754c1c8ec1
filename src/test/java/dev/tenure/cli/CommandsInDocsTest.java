package dev.tenure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Every command of every page, in a block or within a sentence, is one that can be typed: there is
/// such a command, and it has these options.
class CommandsInDocsTest {
  private static final Pattern BLOCK_LINE = Pattern.compile("(?m)^ *(?:\\./)?(tenure [a-z].*)$");
  private static final Pattern INLINE = Pattern.compile("`(?:\\./)?(tenure [a-z][^`\\n]*)`");

  /// From here on the line is a shell's, an explanation's, or a list of what else there is.
  private static final Pattern REST =
      Pattern.compile(" {2,}.*| [>|&·…←].*|;.*|\\)$|→.*| \\[.*", Pattern.DOTALL);

  @Test
  void everyOneCanBeTyped() throws IOException {
    var wrong = new ArrayList<String>();
    int read = 0;
    for (var page : pages()) {
      var text = Files.readString(page);
      for (var pattern : List.of(BLOCK_LINE, INLINE)) {
        var lines = pattern.matcher(text);
        while (lines.find()) {
          var line = REST.matcher(lines.group(1)).replaceFirst("").strip();
          if (line.startsWith("tenure people") || line.contains("_")) continue;
          read++;
          if (!canBeTyped(line)) wrong.add(page + ": " + line);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(read).isGreaterThan(150);
  }

  private static List<Path> pages() throws IOException {
    try (var files = Files.walk(Path.of("docs"))) {
      var all =
          new ArrayList<>(
              files
                  .filter(f -> f.toString().endsWith(".md"))
                  .filter(f -> !f.startsWith("docs/decisions"))
                  .toList());
      all.add(Path.of("README.md"));
      return all;
    }
  }

  /// What is missing (a parameter that the sentence leaves out) is no mistake.
  private static boolean canBeTyped(String line) {
    var words = words(line.substring("tenure".length()).strip());
    if (words.getFirst().equals("COMMAND")) return true;
    try {
      new CommandLine(CommandLineFace.root()).parseArgs(words.toArray(String[]::new));
      return true;
    } catch (UnmatchedArgumentException e) {
      return false;
    } catch (ParameterException e) {
      return true;
    }
  }

  /// As a shell takes it apart: quotes hold words together.
  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    var found = Pattern.compile("'[^']*'|\"[^\"]*\"|[^ ]+").matcher(line);
    while (found.find()) words.add(found.group().replaceAll("^['\"]|['\"]$", ""));
    return words;
  }
}
