package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every block of every page is done by a test, or stands here with the reason why it cannot be.
class BlocksTest {
  private static final Pattern BLOCK =
      Pattern.compile("^ *```([^\\n]*)\\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);

  /// The pages that [BookTest] walks: `sh` is typed, `text` compared, all else is a file.
  private static boolean isWalked(String page) {
    return page.startsWith("guides/") || List.of("start.md", "security.md").contains(page);
  }

  /// Whose blocks a test of their own does.
  private static final Map<String, String> DONE_BY =
      Map.ofEntries(
          Map.entry("admin-api.md", "dev/tenure/AdminApiTest"),
          Map.entry("cli.md", "dev/tenure/cli/CliPageTest"),
          Map.entry("delivery.md", "dev/tenure/DeliveryGuideTest"),
          Map.entry("directories.md", "dev/tenure/source/ldap/DirectoriesGuideTest"),
          Map.entry("explain.md", "dev/tenure/GuideTest"),
          Map.entry("groups.md", "dev/tenure/GuideTest"),
          Map.entry("guard.md", "dev/tenure/plan/GuardGuideTest"),
          Map.entry("licences.md", "dev/tenure/LicencesTest"),
          Map.entry("loops.md", "dev/tenure/LoopsPageTest"),
          Map.entry("mapping.md", "dev/tenure/policy/MappingPageTest"),
          Map.entry("metrics.md", "dev/tenure/MetricsPageTest"),
          Map.entry("notifications.md", "dev/tenure/NotificationsPageTest"),
          Map.entry("openid.md", "dev/tenure/OpenIdTest"),
          Map.entry("reconcile.md", "dev/tenure/reconcile/ReconcileGuideTest"),
          Map.entry("scope.md", "dev/tenure/GuideTest"),
          Map.entry("sources.md", "dev/tenure/SourcesPageTest"),
          Map.entry("traces.md", "dev/tenure/TracesPageTest"));

  /// By the page and how the block begins. Commands and YAML in them are still read, by
  /// `CommandsInDocsTest` and `ConfigsInDocsTest`.
  private static final Map<String, String> NOT_DONE = new TreeMap<>();

  static {
    NOT_DONE.put("audit.md: tenure audit organization/acme", "a list; AuditCommandTest types them");
    NOT_DONE.put(
        "dialects.md: tenure client create", "a list; the guides of Entra and Okta type them");
    NOT_DONE.put("dialects.md: with           bearer", "the guide of Entra compares this output");
    NOT_DONE.put("configuration.md: # yaml-language-server", "a line for an editor");
    NOT_DONE.put("configuration.md: groups:", "a piece of a file: ConfigsInDocsTest reads it");
    NOT_DONE.put("configuration.md: clients:", "a piece of a file: ConfigsInDocsTest reads it");
    NOT_DONE.put("configuration.md: organizations:", "OwnSchemaTest has such schemas");
    NOT_DONE.put("configuration.md: tables:", "a piece of a file: ConfigsInDocsTest reads it");
    NOT_DONE.put("signals.md: organizations:", "a piece of a file: ConfigsInDocsTest reads it");
    NOT_DONE.put("signals.md: curl -H", "needs a receiver at a public https address");
    NOT_DONE.put("turns.md: flows:", "a piece of a file: ConfigsInDocsTest reads it");
    NOT_DONE.put("guides/active-directory.md: New-ADUser", "needs Windows; Samba is set up alike");
    NOT_DONE.put(
        "guides/openldap.md: overlay syncprov", "slapd's own file: openLdap() starts it so");
    NOT_DONE.put("operations.md: tar -xzf", "changes the machine: dist-check installs");
    NOT_DONE.put("operations.md: systemctl stop", "needs systemd: the same follows without it");
  }

  @Test
  void everyBlockIsDone() throws IOException {
    var open = new ArrayList<String>();
    var excused = new ArrayList<String>();
    for (var page : pages()) {
      var blocks = BLOCK.matcher(Files.readString(Path.of("docs", page)));
      while (blocks.find()) {
        var name = page + ": " + blocks.group(2).strip().lines().findFirst().orElse("");
        var excuse = NOT_DONE.keySet().stream().filter(name::startsWith).findFirst();
        excuse.ifPresent(excused::add);
        if (excuse.isEmpty() && !isDone(page, blocks.group(1), before(blocks.start(), page))) {
          open.add(name);
        }
      }
    }
    if (!open.isEmpty()) fail("no test does these blocks: " + String.join("\n", open));
    assertThat(excused).as("excuses that nothing needs").containsAll(NOT_DONE.keySet());
  }

  private static String before(int start, String page) throws IOException {
    return Files.readString(Path.of("docs", page)).substring(0, start);
  }

  private static boolean isDone(String page, String language, String before) {
    if (DONE_BY.containsKey(page)) return true;
    if (!isWalked(page) && !page.equals("operations.md")) return false;
    var isFile = before.strip().lines().reduce((_, last) -> last).orElse("").contains("<!-- file:");
    return language.equals("sh") || language.equals("text") || isFile;
  }

  private static List<String> pages() throws IOException {
    var docs = Path.of("docs");
    try (var files = Files.walk(docs)) {
      return files
          .filter(f -> f.toString().endsWith(".md") && !f.startsWith(docs.resolve("decisions")))
          .map(f -> docs.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  /// A test that is named here is there, and reads the page.
  @Test
  void theTestsOfPagesReadThem() throws IOException {
    for (var entry : DONE_BY.entrySet()) {
      var source = Path.of("src/test/java", entry.getValue() + ".java");
      assertThat(Files.readString(source)).as(entry.getKey()).contains(entry.getKey());
    }
    var book = Files.readString(Path.of("src/test/java/dev/tenure/BookTest.java"));
    for (var page : pages()) {
      if (isWalked(page)) assertThat(book).contains("\"" + page + "\"");
    }
  }
}
