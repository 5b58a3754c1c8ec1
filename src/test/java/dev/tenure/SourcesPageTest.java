package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Configuration;
import dev.tenure.config.Section;
import dev.tenure.organization.TestServer;
import dev.tenure.plan.Lane;
import dev.tenure.source.HostedOrganization;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.Times;
import dev.tenure.source.csv.CsvConfig;
import dev.tenure.source.csv.CsvSource;
import dev.tenure.source.scim.ScimSource;
import dev.tenure.source.scim.ScimSourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of `docs/sources.md` do what the page says.
class SourcesPageTest {
  private static final Path PAGE = Path.of("docs/sources.md");
  @TempDir Path folder;

  /// The block that is fenced with this word behind the language.
  private static String block(String title) throws IOException {
    var fence =
        Pattern.compile("^```" + title + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    var found = fence.matcher(Files.readString(PAGE));
    if (!found.find()) throw new AssertionError("the page has no block '" + title + "'");
    return found.group(1);
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /// The only section of a source in the file.
  private Section section(Configuration configuration, String kind) {
    var source = configuration.root().sections("sources").values().iterator().next();
    return source.section(kind).orElseThrow();
  }

  private static List<String> read(Source source) {
    var lines = new ArrayList<String>();
    var outcome = source.read(person -> lines.add(line(person)));
    outcome.findings().forEach(f -> lines.add(f.code() + ": " + f.message()));
    return lines;
  }

  private static String line(Person person) {
    var line = person.key() + " " + person.attributes() + " " + person.groups();
    return person.disabled() ? line + " disabled" : line;
  }

  @Test
  void csv() throws IOException {
    for (var name : List.of("people.csv", "groups.csv", "memberships.csv")) {
      file(name, block("csv " + name));
    }
    file("tenure.yaml", block("yaml csv"));
    var configuration = Configuration.load(folder.resolve("tenure.yaml"), _ -> "");
    var config = CsvConfig.read(section(configuration, "csv"), configuration.resolver());
    configuration.finish();
    assertThat(read(new CsvSource(config, Times.real())))
        .containsExactlyElementsOf(block("text csv").lines().toList());
  }

  @Test
  void scim() throws IOException {
    try (var server = TestServer.start()) {
      var hub = HostedOrganization.of(server);
      var ada = hub.calls().post("/Users", block("json scim")).id();
      hub.group("Staff", List.of(hub.group("Sales", List.of(ada))));
      var url = server.address("/" + hub.id() + "/scim/v2").toString();
      file("tenure.yaml", block("yaml scim").replace("https://hub.example.com/acme/scim/v2", url));
      var environment = Map.of("HUB_TOKEN", hub.token());
      var configuration = Configuration.load(folder.resolve("tenure.yaml"), environment::get);
      var config = ScimSourceConfig.read(section(configuration, "scim"));
      configuration.finish();
      try (var source = new ScimSource(config, Times.real())) {
        var lines = read(source).stream().map(l -> l.replaceAll("id=\\[" + ada + "], ", ""));
        assertThat(lines).containsExactly(block("text scim").strip());
      }
    }
  }

  @Test
  void organization() throws Exception {
    try (var site = Site.with(block("yaml organization"))) {
      var checked = site.run("check");
      assertThat(checked.exit()).as(checked.out() + checked.err()).isZero();
      try (var work = Work.at(site)) {
        var ada = "{\"userName\": \"ada@example.com\", \"displayName\": \"Ada\"}";
        Site.calls(work.place(), "hub").create(ada);
        assertThat(Work.lanes(work.plan()).values()).containsExactly(Lane.JOINER);
      }
    }
  }
}
