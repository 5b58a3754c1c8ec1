package dev.tenure.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder;

  private List<String> lines(String yaml) {
    return new Yaml(folder, yaml).lines(root -> {});
  }

  @Test
  void theFullExampleIsGood() {
    assertThat(lines(Yaml.full())).isEmpty();
  }

  @Test
  void nothingAtAllIsGood() {
    assertThat(lines("")).isEmpty();
    assertThat(lines("# only a comment\n")).isEmpty();
    assertThat(lines("sources:\nflows:\n")).isEmpty();
    assertThat(new Yaml(folder, "sources:\n").load().root().sections("sources")).isEmpty();
  }

  @Test
  void aMissingFileSaysHowToMakeOne() {
    var file = folder.resolve("none.yaml");
    assertThatThrownBy(() -> Configuration.load(file, _ -> null))
        .isInstanceOf(Problem.Found.class)
        .hasMessage(
            "CONFIG_MISSING: there is no file %s (file=%s); make one: 'tenure quickstart' writes a"
                + " commented one; or name another with --config",
            file, file);
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> Configuration.load(folder, _ -> null))
        .hasMessageContaining("CONFIG_MISSING: cannot read " + folder + ": it is a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: b: c                    | 1:5  | mapping values are not allowed here",
        "a: \"x                     | 1:6  | found unexpected end of stream",
        "a: *u                      | 1:4  | found undefined alias u",
        "a: &a [*a]                 | 1:4  | it is nested too deeply",
        "a: 1\\n---\\nb: 2          | 2:1  | but found another document",
        "a: 'x\u0001y'              | 1:6  | this character is not allowed in YAML",
      })
  void syntaxErrorsHaveTheirPlace(String yaml, String place, String message) {
    var problems = new Yaml(folder, yaml.translateEscapes()).problems(root -> {});
    assertThat(problems)
        .singleElement()
        .satisfies(p -> {
          assertThat(p.code()).isEqualTo(Code.CONFIG_SYNTAX);
          assertThat(p.details().get("at")).endsWith("tenure.yaml:" + place);
          assertThat(p.message()).endsWith(message);
        });
  }

  @Test
  void bytesThatAreNoUtf8HaveTheirPlace() throws IOException {
    var file = folder.resolve("latin.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', 'x', '\n', 'b', ':', ' ', (byte) 0xe4, '\n'});
    assertThatThrownBy(() -> Configuration.load(file, _ -> null))
        .hasMessageContaining("CONFIG_SYNTAX: this is not UTF-8 (at=" + file + ":2:4)");
  }

  @Test
  void deepNestingAndAliasBombsAreRefused() {
    assertThat(lines("a: " + "[".repeat(50_000)))
        .singleElement()
        .asString()
        .startsWith("CONFIG_SYNTAX: ");
    var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      var alias = "*a" + (i - 1) + " ,";
      bomb.append("a%d: &a%d [%s]%n".formatted(i, i, alias.repeat(9)));
    }
    assertThat(lines(bomb.toString()))
        .singleElement()
        .asString()
        .startsWith("CONFIG_SYNTAX: aliases make the file too large");
  }

  @Test
  void aHugeFileIsRefused() {
    assertThat(lines("#" + "x".repeat(10 << 20)))
        .singleElement()
        .asString()
        .startsWith("CONFIG_SYNTAX: the file is larger than 10 MiB");
  }

  @Test
  void keysThatStandTwiceAreTold() {
    assertThat(lines("server: {port: 1}\nserver: {port: 2, port: 3}\nflows: {}\n? [a]\n: b\n"))
        .containsExactly(
            "CONFIG_SYNTAX: the key 'server' stands twice, first at line 1 (at=tenure.yaml:2:1);"
                + " keep one of the two",
            "CONFIG_SYNTAX: a key must be a text (at=tenure.yaml:4:3); put the key in quotes");
  }

  @Test
  void aliasesAndMergesAreUnderstood() {
    var yaml =
        """
        sources:
          a: &a {csv: &csv {file: x.csv, key: id}}
          b: *a
          c: {csv: {<<: *csv, key: no}}
        """;
    assertThat(lines(yaml)).isEmpty();
    var c = new Yaml(folder, yaml).load().root().sections("sources").get("c");
    var csv = Objects.requireNonNull(c).section("csv").orElseThrow();
    assertThat(csv.text("file")).isEqualTo("x.csv");
    assertThat(csv.text("key")).isEqualTo("no");
  }

  @Test
  void relativePathsStartAtTheFile() {
    var configuration = new Yaml(folder, "").load();
    assertThat(configuration.resolver().apply(Path.of("a/b.csv")))
        .isEqualTo(folder.resolve("a/b.csv"));
    assertThat(configuration.resolver().apply(folder)).isEqualTo(folder);
  }

  @Test
  void allMistakesAreToldAtOnceInTheOrderOfTheirPlaces() throws IOException {
    var yaml = resource("wrong.yaml");
    assertThat(String.join("\n", lines(yaml)) + "\n").isEqualTo(resource("wrong.txt"));
  }

  @Test
  void readersAddNothingToWhatTheSchemaSaid() throws IOException {
    var lines = new Yaml(folder, resource("wrong.yaml")).lines(ConfigurationTest::readAll);
    assertThat(String.join("\n", lines) + "\n").isEqualTo(resource("wrong.txt"));
  }

  private static void readAll(Section root) {
    root.section("server").orElseThrow().count("port", 1);
    root.section("database").ifPresent(d -> d.text("url"));
    root.section("database").ifPresent(d -> d.secret("password"));
    root.sections("targets");
    for (var source : root.sections("sources").values()) {
      source.section("csv").ifPresent(csv -> csv.text("key"));
      source.section("ldap").ifPresent(ConfigurationTest::readLdap);
    }
    for (var flow : root.sections("flows").values()) {
      flow.duration("every", java.time.Duration.ZERO);
      flow.section("guard").ifPresent(g -> g.share("share", 0));
    }
  }

  private static void readLdap(Section ldap) {
    ldap.flag("startTls", false);
    ldap.texts("url");
    var timeout = ldap.duration("timeout", java.time.Duration.ZERO);
    ldap.require(!timeout.isZero(), "timeout", "must be above 0s");
  }

  private static String resource(String name) throws IOException {
    try (var in = ConfigurationTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
