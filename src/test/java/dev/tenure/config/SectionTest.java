package dev.tenure.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionTest {
  @TempDir Path folder;

  enum Owner {
    ALWAYS,
    ON_CREATE
  }

  /// The section `tables.t`, where the schema allows any text.
  private Section table(String yaml) {
    return table(new Yaml(folder, "tables: {t: " + yaml + "}").load().root());
  }

  private static Section table(Section root) {
    return root.section("tables").orElseThrow().section("t").orElseThrow();
  }

  private List<String> lines(String yaml, Consumer<Section> reader) {
    var file = new Yaml(folder, "tables: {t: " + yaml + "}");
    return file.lines(root -> reader.accept(table(root)));
  }

  @Test
  void valuesAreReadByTheirTypes() {
    var t =
        table("{a: x, b: [x, y], c: 7, d: 1500ms, e: 12.5%, f: true, g: on-create, h: .5, i: 1d}");
    assertThat(t.text("a")).isEqualTo("x");
    assertThat(t.text("c")).isEqualTo("7");
    assertThat(t.texts("a")).containsExactly("x");
    assertThat(t.texts("b")).containsExactly("x", "y");
    assertThat(t.texts("none")).isEmpty();
    assertThat(t.count("c", 1)).isEqualTo(7);
    assertThat(t.count("none", 1)).isEqualTo(1);
    assertThat(t.duration("d", Duration.ZERO)).isEqualTo(Duration.ofMillis(1500));
    assertThat(t.duration("i", Duration.ZERO)).isEqualTo(Duration.ofDays(1));
    assertThat(t.share("e", 0)).isEqualTo(0.125);
    assertThat(t.share("h", 0)).isEqualTo(0.5);
    assertThat(t.flag("f", false)).isTrue();
    assertThat(t.oneOf("g", Owner.ALWAYS)).isEqualTo(Owner.ON_CREATE);
    assertThat(t.oneOf("none", Owner.ALWAYS)).isEqualTo(Owner.ALWAYS);
    assertThat(t.optionalText("none")).isEmpty();
    assertThat(t.path()).isEqualTo("tables.t");
    assertThat(t.keys()).startsWith("a", "b").hasSize(9);
    assertThat(t.at("a")).endsWith("tenure.yaml:1:17");
    assertThat(t.at("none")).endsWith("tenure.yaml:1:13");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count    | -1     | a whole number of at least 0, found -1",
        "count    | 1.5    | a whole number of at least 0, found 1.5",
        "count    | '''7'''  | a whole number of at least 0, found '7'",
        "count    | 99999999999 | a whole number of at least 0, found 99999999999",
        "count    | 4294967296  | a whole number of at least 0, found 4294967296",
        "count    | [1]    | a whole number of at least 0, found a list",
        "duration | 5x     | a duration, found '5x'",
        "duration | 30     | a duration, found 30",
        "duration | 1.5h   | a duration, found '1.5h'",
        "share    | 101%   | a share, found '101%'",
        "share    | 1.01   | a share, found 1.01",
        "share    | -1     | a share, found -1",
        "share    | all    | a share, found 'all'",
        "flag     | yes    | true or false, found 'yes'",
        "flag     | '''true''' | true or false, found 'true'",
        "owner    | on-creat | one of always, on-create, found 'on-creat'",
        "owner    | [x]    | one of always, on-create, found a list",
        "text     | [x]    | a text, found a list",
      })
  void aWrongValueIsTold(String type, String value, String expected) {
    var lines = lines("{k: " + value + "}", s -> read(s, type));
    assertThat(lines)
        .singleElement()
        .asString()
        .contains(": tables.t.k: expected " + expected + " (at=tenure.yaml:1:17); ");
  }

  private static void read(Section section, String type) {
    switch (type) {
      case "count" -> assertThat(section.count("k", 3)).isEqualTo(3);
      case "duration" -> assertThat(section.duration("k", Duration.ZERO)).isZero();
      case "share" -> assertThat(section.share("k", 0.3)).isEqualTo(0.3);
      case "flag" -> assertThat(section.flag("k", false)).isFalse();
      case "owner" -> assertThat(section.oneOf("k", Owner.ALWAYS)).isEqualTo(Owner.ALWAYS);
      default -> assertThat(section.text("k")).isEmpty();
    }
  }

  @Test
  void aMissingTextIsToldAtTheSection() {
    assertThat(lines("{a: x}", s -> s.text("key")))
        .containsExactly(
            "CONFIG_REQUIRED: 'key' is missing in tables.t (at=tenure.yaml:1:13); add 'key'");
  }

  @Test
  void aSecretComesFromTheEnvironmentOrAFile() throws IOException {
    Files.writeString(folder.resolve("token"), "abc\n");
    var t = table("{a: \"${env:DB_PASSWORD}\", b: \"${file:token}\"}");
    assertThat(t.secret("a").reveal()).isEqualTo("s3cr3t");
    assertThat(t.secret("b").reveal()).isEqualTo("abc");
    assertThat(t.optionalSecret("c")).isEmpty();
  }

  @Test
  void aSecretIsNeverShown() {
    assertThat(
            lines(
                "{a: hunter2, b: [hunter2], c: 'x${env:T}'}",
                s -> List.of("a", "b", "c").forEach(s::secret)))
        .hasSize(3)
        .allMatch(line -> line.startsWith("CONFIG_SECRET: tables.t."))
        .allMatch(
            line -> line.contains(": secrets are not written into the file (at=tenure.yaml:1:"))
        .noneMatch(line -> line.contains("hunter2"));
  }

  @Test
  void aReferenceToNothingIsTold() {
    assertThat(
            lines(
                "{a: \"${env:NO}\", b: \"${file:no}\", c: \"x${env:EMPTY}\"}",
                s -> {
                  s.secret("a");
                  s.secret("b");
                  s.text("c");
                }))
        .containsExactly(
            "CONFIG_SECRET: tables.t.a: the environment variable NO is not set"
                + " (at=tenure.yaml:1:17); set NO before starting",
            "CONFIG_SECRET: tables.t.b: the file no does not exist (at=tenure.yaml:1:33); write the"
                + " value into that file, readable for this user",
            "CONFIG_SECRET: tables.t.c: the environment variable EMPTY is empty"
                + " (at=tenure.yaml:1:50); set EMPTY before starting");
  }

  @Test
  void referencesWorkWithinTexts() {
    var t = table("{a: 'ldaps://${env:HOST}.x:${env:T}', b: ['${env:HOST}', '$1 ${x}']}");
    assertThat(t.text("a")).isEqualTo("ldaps://dc1.x:t");
    assertThat(t.texts("b")).containsExactly("dc1", "$1 ${x}");
  }

  @Test
  void itemsMixTextsAndSections() {
    var flow =
        new Yaml(folder, "flows: {f: {source: a, target: b, match: [userName, {on: x}]}}")
            .load()
            .root();
    var items = Objects.requireNonNull(flow.sections("flows").get("f")).items("match");
    assertThat(items.keys()).containsExactly("0", "1");
    assertThat(items.isSection("0")).isFalse();
    assertThat(items.text("0")).isEqualTo("userName");
    assertThat(items.section("1").orElseThrow().text("on")).isEqualTo("x");
    assertThat(items.section("1").orElseThrow().path()).isEqualTo("flows.f.match[1]");
  }

  @Test
  void aPlaceInsideAValueIsExact() {
    var yaml =
        """
        tables:
          t:
            plain: abc def
            single: 'it''s x'
            double: "a\\tb\\u0041 x"
            umlaut: "\\"äö𝄞 x"
            literal: |
              abc
                x
            many: a b
              c x
            folded: >
              abc
            env: ${env:T} x
        """;
    assertThat(place(yaml, "plain", 4)).isEqualTo("3:16");
    assertThat(place(yaml, "single", 5)).isEqualTo("4:20");
    assertThat(place(yaml, "double", 5)).isEqualTo("5:25");
    assertThat(place(yaml, "umlaut", 6)).isEqualTo("6:20");
    assertThat(place(yaml, "literal", 6)).isEqualTo("9:9");
    assertThat(place(yaml, "many", 6)).isEqualTo("10:11");
    assertThat(place(yaml, "folded", 1)).isEqualTo("13:7");
    assertThat(place(yaml, "env", 2)).isEqualTo("14:10");
    assertThat(place(yaml, "plain", 99)).isEqualTo("3:12");
  }

  private String place(String yaml, String key, int column) {
    var problems =
        new Yaml(folder, yaml)
            .problems(r ->
                table(r).problem(new Section.Spot(key, column), Code.MAP_EXPRESSION, "m", "r"));
    assertThat(problems).hasSize(1);
    return String.valueOf(problems.getFirst().details().get("at")).replaceFirst(".*yaml:", "");
  }

  @Test
  void anUnknownNameIsToldWithTheNearest() {
    assertThat(
            lines(
                "{a: crop, b: [corp, hrr]}",
                s -> {
                  s.requireKnown("a", "crop", List.of("hr", "corp"));
                  s.requireKnown("b", "corp", List.of("hr", "corp"));
                  s.requireKnown("b", "hrr", List.of("hr", "corp"));
                  s.requireKnown("b", "zzz", List.of());
                }))
        .containsExactly(
            "CONFIG_REFERENCE: tables.t.a: there is no 'crop' (at=tenure.yaml:1:17); did you mean"
                + " 'corp'? known: hr, corp",
            "CONFIG_REFERENCE: tables.t.b: there is no 'zzz' (at=tenure.yaml:1:26); none is"
                + " defined",
            "CONFIG_REFERENCE: tables.t.b: there is no 'hrr' (at=tenure.yaml:1:33); did you mean"
                + " 'hr'? known: hr, corp");
  }

  @Test
  void aPartSaysItsOwnUnlessItSawAStandIn() {
    assertThat(
            lines(
                "{a: 0, b: [x]}",
                s -> {
                  s.require(s.count("a", 1) > 0, "a", "must be above 0");
                  s.require(s.count("b", 0) > 0, "b", "must be above 0");
                }))
        .containsExactly(
            "CONFIG_VALUE: tables.t.a: must be above 0, found 0 (at=tenure.yaml:1:17); change the"
                + " value",
            "CONFIG_VALUE: tables.t.b: expected a whole number of at least 0, found a list"
                + " (at=tenure.yaml:1:23); write a whole number such as 100");
  }
}
