package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The worked examples of the guide do what the pages say: their files are laid out, their commands
/// run, and what these print is what the page shows.
class GuideTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (file|run|explain): (.*?) -->\n```\\w*\n(.*?)```\n", Pattern.DOTALL);

  /// Times and ids, which differ each time.
  private static final Pattern CHANGING =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"
              + "|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + "|\\b[0-9a-f]{16}\\b");

  private record Block(boolean isFile, String name, String text) {}

  private static List<Block> blocks(String page) throws IOException {
    var blocks = new ArrayList<Block>();
    var matcher = BLOCK.matcher(Files.readString(Path.of("docs", page)));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1).equals("file"), matcher.group(2), matcher.group(3)));
    }
    return blocks;
  }

  private static Site laidOut(List<Block> blocks) {
    var yaml = blocks.stream().filter(b -> b.name().equals("tenure.yaml")).findFirst();
    var site = Site.with(yaml.orElseThrow().text());
    for (var block : blocks) {
      if (block.isFile() && !block.name().equals("tenure.yaml")) {
        var isConfig = block.name().endsWith(".yaml");
        site.file(block.name(), (isConfig ? Site.database() : "") + block.text());
      }
    }
    return site;
  }

  /// Managers follow their people, nobody is renamed, and then there is nothing to do.
  @Test
  void theExampleOfMappingSettles() throws IOException {
    try (var site = laidOut(blocks("mapping.md"))) {
      assertThat(site.run("plan", "people").out())
          .contains("3 joiners")
          .contains("zoe.angstroem@example.com")
          .contains("waiting: 2")
          .contains("no account yet of the person with the key 'E1'");
      assertThat(site.run("apply", "people").exit()).isZero();
      assertThat(site.run("plan", "people").out())
          .contains("0 joiners, 2 movers, 0 leavers")
          .contains("manager: ")
          .doesNotContain("waiting");
      assertThat(site.run("apply", "people").exit()).isZero();
      assertThat(site.run("plan", "people").out()).contains("nothing to do");
    }
  }

  /// The plan of the page, word for word, and then there is nothing to do.
  @Test
  void theExampleOfGroupsSettles() throws IOException {
    var page = Files.readString(Path.of("docs", "groups.md"));
    var from = page.indexOf("plan 2 of flow people");
    try (var site = laidOut(blocks("groups.md"))) {
      assertThat(site.run("plan", "people").out()).contains("3 joiners", "waiting: 3");
      assertThat(site.run("apply", "people").exit()).isZero();
      assertThat(site.run("plan", "people").out())
          .startsWith(page.substring(from, page.indexOf("```", from)));
      assertThat(site.run("apply", "people").exit()).isZero();
      assertThat(site.run("plan", "people").out()).contains("nothing to do");
    }
  }

  @Test
  void peopleAreExplainedAsThePageSays() throws IOException {
    var blocks = blocks("explain.md");
    try (var site = laidOut(blocks)) {
      for (var word : List.of("plan", "apply")) {
        assertThat(site.run(word, "people").exit()).isZero();
      }
      int ran = 0;
      for (var block : blocks) {
        if (block.isFile()) continue;
        var other = site.config().resolveSibling("other.yaml").toString();
        var words = block.name().replace("other.yaml", other).split(" ", -1);
        var run = site.run(Arrays.copyOfRange(words, 1, words.length));
        assertThat(run.err()).isEmpty();
        assertThat(CHANGING.matcher(run.out()).replaceAll("…")).isEqualTo(block.text());
        ran++;
      }
      assertThat(ran).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mapping.md", "scope.md", "groups.md"})
  void examplesDoWhatThePageSays(String page) throws IOException {
    var blocks = blocks(page);
    try (var site = laidOut(blocks)) {
      int ran = 0;
      for (var block : blocks) {
        if (block.isFile()) continue;
        var words = block.name().split(" ", -1);
        var run = site.run(Arrays.copyOfRange(words, 1, words.length));
        assertThat(run.err()).isEmpty();
        assertThat(run.out().replace(site.config().toString(), "tenure.yaml"))
            .isEqualTo(block.text());
        ran++;
      }
      assertThat(ran).isPositive();
    }
  }
}
