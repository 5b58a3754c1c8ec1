package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.CommandLineFace;
import dev.tenure.cli.Shapes;
import dev.tenure.cli.Terminal;
import dev.tenure.id.FlowId;
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.Product;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What `docs/cli.md` says of all commands together.
class CommandLineTest {
  private static final List<String> STORY =
      List.of(
          "check",
          "scope people",
          "plan people",
          "show people 1",
          "apply people",
          "plans people",
          "explain people E1",
          "plan people --person E1",
          "exclude people E1 --reason x --until 2098-12-31",
          "exclude people",
          "exclude people E1 --lift",
          "reconcile people",
          "receipts people",
          "failed people",
          "status",
          "licences",
          "pause people",
          "resume people",
          "audit organization/acme",
          "audit verify organization/acme",
          "org list",
          "org show acme",
          "client list acme",
          "admin list",
          "admin add ann",
          "admin role ann --role viewer",
          "admin remove ann",
          "notify");

  private static final FlowId FLOW = new FlowId("people");

  private final Site site =
      Site.with(
              """
              organizations:
                acme:
                  licences: {CX1: {seats: 5, price: 75.00}}
                  roles: {agent: {licence: CX1}}
                  clients: {idp: {token: "${env:ACME_TOKEN}"}}
              sources: {hr: {csv: {file: people.csv, key: id}}}
              targets: {acme: {organization: acme}}
              flows:
                people:
                  source: hr
                  target: acme
                  map: {userName: mail, roles: '["agent"]'}
              """)
          .file("people.csv", "id,mail\nE1,ann@example.com\nE2,bob@example.com\n");

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void answersHaveTheDocumentedShapes() {
    var shapes = new Shapes();
    var mistakes = new ArrayList<String>();
    for (var line : STORY) {
      var words = line.split(" ", -1);
      var run = site.run((line + " --output json").split(" ", -1));
      if (run.exit() != 0) {
        mistakes.add(line + ": " + run.err());
        continue;
      }
      var two = words.length > 1 ? words[0] + " " + words[1] : words[0];
      var command = shapes.of(two).isMissingNode() ? words[0] : two;
      mistakes.addAll(shapes.mistakes(command, ScimJson.read(run.out())));
    }
    assertThat(mistakes).isEmpty();
  }

  @Test
  void anOutputThatIsNotThereIsRefused() {
    var run = site.run("status", "--output", "xml");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("table or json, not 'xml'", "tenure status --help");
  }

  /// What bash offers after the words.
  private String offered(String words) throws IOException, InterruptedException {
    var script = Files.writeString(site.data().resolveSibling("completion"), completion("bash"));
    var asked =
        """
        source %s; words=(%s ''); COMP_WORDS=("${words[@]}"); COMP_CWORD=$((${#words[@]} - 1))
        _complete_tenure 2>/dev/null; printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, words);
    var bash = new ProcessBuilder("bash", "-c", asked).redirectErrorStream(true).start();
    var out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(out).isZero();
    return out;
  }

  private String completion(String shell) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var face = new CommandLineFace(new Terminal(stream, stream, false), new LocalInstallation());
    assertThat(face.run("completion", shell)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
    assertThat(offered("tenure").lines()).contains("status", "plan", "org", "completion");
    assertThat(offered("tenure org").lines()).contains("list", "enable-scim");
    assertThat(offered("tenure status --output").lines()).containsExactly("table", "json");
    assertThat(completion("zsh")).isEqualTo(completion("bash"));
    assertThat(site.run("completion", "fish").err()).contains("bash and zsh");
  }

  private Thread watch(ByteArrayOutputStream out, boolean screen, Path config) {
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var installation = new LocalInstallation(site::value);
    var face = new CommandLineFace(new Terminal(stream, stream, screen), installation);
    return Thread.ofVirtual()
        .start(() ->
            face.run(
                "status",
                "--watch",
                "1",
                "--config",
                config.toString(),
                "--data",
                site.data().toString()));
  }

  private static int times(ByteArrayOutputStream out, String words) {
    return out.toString(StandardCharsets.UTF_8)
            .split(java.util.regex.Pattern.quote(words), -1)
            .length
        - 1;
  }

  @Test
  void aWatchedStatusIsDrawnAnewOnAScreenAndALineElsewhere() throws InterruptedException {
    try (var place = site.serve()) {
      place.runFlows();
      assertThat(Product.until(() -> !place.states().of(FLOW).isEmpty())).isTrue();
      var screen = new ByteArrayOutputStream();
      var lines = new ByteArrayOutputStream();
      var watches = List.of(watch(screen, true, site.config()), watch(lines, false, site.config()));
      assertThat(Product.until(() -> times(screen, "\u001b[H\u001b[J") > 1)).isTrue();
      assertThat(Product.until(() -> times(lines, "people  2") > 1)).isTrue();
      for (var watch : watches) {
        watch.interrupt();
        watch.join();
      }
      assertThat(screen.toString(StandardCharsets.UTF_8)).contains("flows under serve");
      assertThat(lines.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
    }
  }
}
