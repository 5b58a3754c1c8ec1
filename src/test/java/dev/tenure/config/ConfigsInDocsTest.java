package dev.tenure.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every configuration that a page shows is one by the published schema; what is a piece of one, in
/// its place.
class ConfigsInDocsTest {
  private static final Pattern YAML =
      Pattern.compile("^( *)```yaml *(\\w*)\\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);

  /// What stands around a piece that begins with this key.
  private static final Map<String, String> AROUND =
      Map.of(
          "guard", "flows:\n  people:\n    source: hr\n    target: acme\n",
          "groups", "organizations:\n  acme:\n",
          "clients", "organizations:\n  acme:\n");

  /// Files of other programs.
  private static final List<String> OTHERS = List.of("prometheus", "alerts");

  @TempDir Path folder;

  @Test
  void everyOneIsRight() throws IOException {
    var wrong = new ArrayList<String>();
    int read = 0;
    for (var page : pages()) {
      var blocks = YAML.matcher(Files.readString(page));
      while (blocks.find()) {
        if (OTHERS.contains(blocks.group(2))) continue;
        var text = blocks.group(3).replaceAll("(?m)^" + blocks.group(1), "");
        mistakes(whole(text)).forEach(m -> wrong.add(page + ": " + m));
        read++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(read).isGreaterThan(30);
  }

  private static List<Path> pages() throws IOException {
    try (var files = Files.walk(Path.of("docs"))) {
      var all = new ArrayList<>(files.filter(f -> f.toString().endsWith(".md")).toList());
      all.add(Path.of("README.md"));
      return all;
    }
  }

  private static String whole(String text) {
    var around = AROUND.get(text.substring(0, Math.max(0, text.indexOf(':'))));
    if (around == null) return text;
    var last = around.stripTrailing().lines().reduce((_, line) -> line).orElseThrow();
    boolean isKey = last.endsWith(":");
    var indent = " ".repeat(last.length() - last.stripLeading().length() + (isKey ? 2 : 0));
    return around + text.replaceAll("(?m)^(?=.)", indent);
  }

  /// Secrets and files are somebody else's.
  private List<String> mistakes(String text) throws IOException {
    var file = Files.writeString(folder.resolve("tenure.yaml"), text);
    try {
      Configuration.load(file, _ -> "something-that-is-long-enough").finish();
      return List.of();
    } catch (Problem.Found e) {
      return e.problems().stream()
          .filter(p -> p.code() != Code.CONFIG_SECRET)
          .map(p -> p.code() + " " + p.message())
          .toList();
    }
  }
}
