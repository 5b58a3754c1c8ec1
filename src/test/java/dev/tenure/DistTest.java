package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The parts of the archive and the package are there, and agree. That they work is what
/// `./dist-check` tries.
class DistTest {
  private static final Path DIST = Path.of(".dist");
  private static final Pattern JVM_FLAG = Pattern.compile("-XX:[+A-Z]\\w+|-Xss\\w+|--\\w[\\w=-]+");

  @TempDir private Path data;

  private static String text(String name) throws IOException {
    return Files.readString(DIST.resolve(name));
  }

  @Test
  void scriptsAreScripts() throws Exception {
    for (var script :
        List.of(
            "bash .dist/build",
            "bash dist-check",
            "sh .dist/tenure",
            "sh .dist/debian/postinst",
            "sh .dist/debian/prerm",
            "sh .dist/debian/postrm")) {
      var words = script.split(" ", -1);
      var shell = new ProcessBuilder(words[0], "-n", words[1]).inheritIO().start();
      assertThat(shell.waitFor()).as(script).isZero();
    }
    for (var program :
        List.of(DIST.resolve("build"), DIST.resolve("tenure"), Path.of("dist-check"))) {
      assertThat(program).isExecutable();
    }
  }

  /// The one that builds and the one that is installed start the same JVM.
  @Test
  void bothLaunchersGiveTheSameFlags() throws IOException {
    var flags = Pattern.compile("flags=[(\"]([^)\"]*)[)\"]");
    var built = flags.matcher(Files.readString(Path.of("tenure")));
    var installed = flags.matcher(text("tenure"));
    assertThat(built.find() && installed.find()).isTrue();
    assertThat(words(installed.group(1))).isEqualTo(words(built.group(1))).isNotEmpty();
  }

  private static List<String> words(String flags) {
    return JVM_FLAG.matcher(flags).results().map(f -> f.group()).toList();
  }

  @Test
  void theExampleConfigurationHasNoMistakes() {
    var ran = Site.run(Map.of(), DIST.resolve("tenure.yaml"), data, "check");
    assertThat(ran.exit()).as(ran.err()).isZero();
  }

  /// Uncommented, the flow of the example is one.
  @Test
  void theFlowInTheExampleIsOne() throws IOException {
    var whole =
        text("tenure.yaml")
            .replaceAll("(?m)^# (?=(sources|targets|flows):| {2})", "")
            .replace("/etc/tenure/people.csv", "people.csv");
    var config = Files.writeString(data.resolve("tenure.yaml"), whole);
    Files.writeString(data.resolve("people.csv"), "employee_number,mail,name\n1,a@b.c,A\n");
    var ran = Site.run(Map.of(), config, data, "check");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("people");
  }

  @Test
  void theUnitGivesNoRightsAndStartsWhatThereIs() throws IOException {
    var unit = text("tenure.service");
    assertThat(unit.lines())
        .contains(
            "User=tenure",
            "StateDirectory=tenure",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "CapabilityBoundingSet=",
            "ExecStart=@HOME@/bin/tenure serve --config /etc/tenure/tenure.yaml"
                + " --data /var/lib/tenure");
    assertThat(text("Containerfile"))
        .contains("\"serve\", \"--config\", \"/etc/tenure/tenure.yaml\"", "/var/lib/tenure")
        .contains("USER 10001:10001");
    assertThat(text("debian/conffiles")).isEqualTo("/etc/tenure/tenure.yaml\n");
  }

  @Test
  void everyTextOfALicenceIsThere() throws IOException {
    try (Stream<String> lines = Files.lines(DIST.resolve("licences/index"))) {
      assertThat(lines.filter(line -> !line.startsWith("#")).map(l -> l.split(" ", -1)[1]))
          .allSatisfy(file -> assertThat(Path.of(file)).isNotEmptyFile());
    }
  }

  @Test
  void theProfileMakesThem() throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));
    assertThat(pom)
        .contains("<id>dist</id>", "cyclonedx-maven-plugin", "/.dist/build</executable>")
        .containsPattern("<project.build.outputTimestamp>\\d{4}-");
  }
}
