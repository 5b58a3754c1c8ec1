package dev.tenure.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a good file, what is wrong with it is told, and nothing is thrown but that.
class MutationTest {
  private static final int CASES = 300;
  private static final List<String> VALUES =
      List.of(
          "5",
          "-1",
          "1.5",
          "''",
          "~",
          "[]",
          "[[x]]",
          "{}",
          "{zz: 1}",
          "true",
          "text",
          "'${env:NO}'",
          "0x1F",
          ".nan",
          "99999999999999999999",
          "!t x",
          "&a b",
          "*a",
          "\"",
          "{",
          "]",
          "a: b");
  private static final long SEED = Long.getLong("law.seed", 20_260_101L);

  @TempDir Path folder;

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Test
  void aMutatedFileGivesNothingButProblems() {
    for (long seed = SEED; seed < SEED + CASES; seed++) {
      var text = mutated(Yaml.full(), random(seed));
      try {
        for (var problem : new Yaml(folder, text).problems(MutationTest::readAll)) {
          assertThat(problem.details().get("at")).matches(".*tenure\\.yaml:\\d+:\\d+");
          assertThat(problem.message()).doesNotContain("\n").doesNotEndWith(".");
          assertThat(problem.remedy()).isNotBlank();
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dlaw.seed=" + seed + "\n" + text, e);
      }
    }
  }

  @Test
  void noProblemIsToldTwice() {
    for (long seed = SEED; seed < SEED + CASES; seed++) {
      var text = mutated(Yaml.full(), random(seed));
      var problems = new Yaml(folder, text).problems(MutationTest::readAll);
      var seen = new HashSet<String>();
      for (var p : problems) {
        var about = p.details().get("at") + " " + p.message().replaceFirst(":? .*", "");
        assertThat(seen.add(about))
            .as("-Dlaw.seed=" + seed + " " + p.line() + "\n" + text)
            .isTrue();
      }
    }
  }

  @Test
  void anUnknownKeyIsToldAtItsPlace() {
    var lines = Yaml.full().lines().toList();
    for (long seed = SEED; seed < SEED + CASES; seed++) {
      var random = random(seed);
      var fixed = fixedKeys(lines);
      var key = fixed.get(random.nextInt(fixed.size()));
      var line = lines.get(key.line() - 1);
      var changed = new ArrayList<>(lines);
      int at = key.column() - 1;
      changed.set(key.line() - 1, line.substring(0, at) + "zz" + line.substring(at));
      var problems = new Yaml(folder, String.join("\n", changed)).problems(_ -> {});
      assertThat(problems)
          .as("-Dlaw.seed=" + seed)
          .anyMatch(p ->
              p.code() == Code.CONFIG_UNKNOWN_KEY
                  && place(p).equals(key.line() + ":" + key.column()));
    }
  }

  private static String place(Problem problem) {
    return String.valueOf(problem.details().get("at")).replaceFirst(".*yaml:", "");
  }

  /// Where the keys stand that the layout fixes.
  private static List<Place> fixedKeys(List<String> lines) {
    var pattern =
        java.util.regex.Pattern.compile(
            "(?<![\\w\"'])(server|database|flows|people|startTls|pageSize|timeout|bind|trust"
                + "|profile|deactivation|divisions|seats|sourceOrg|every|leaver|guard|leavers|owner"
                + "|minimumRows|encoding|delimiter|when|adopt|expires):");
    var keys = new ArrayList<Place>();
    for (int i = 0; i < lines.size(); i++) {
      // names of flows and tables are free
      if (lines.get(i).matches("(  people|  divisions):.*")) continue;
      var m = pattern.matcher(lines.get(i).replaceFirst(" #.*", ""));
      while (m.find()) keys.add(new Place(i + 1, m.start() + 1));
    }
    return keys;
  }

  private static String mutated(String text, RandomGenerator random) {
    var lines = new ArrayList<>(text.lines().toList());
    for (int n = 1 + random.nextInt(4); n > 0; n--) mutate(lines, random);
    return String.join("\n", lines);
  }

  private static void mutate(List<String> lines, RandomGenerator random) {
    int i = random.nextInt(lines.size());
    var line = lines.get(i);
    var value = VALUES.get(random.nextInt(VALUES.size()));
    int cut = line.isEmpty() ? 0 : random.nextInt(line.length());
    switch (random.nextInt(6)) {
      case 0 -> lines.remove(i);
      case 1 ->
          lines.set(
              i,
              line.replaceFirst(
                  ":( .*)?$", ": " + java.util.regex.Matcher.quoteReplacement(value)));
      case 2 -> lines.set(i, line.replaceFirst("(\\w+):", "x$1:"));
      case 3 -> lines.set(i, line.substring(0, cut) + value + line.substring(cut));
      case 4 -> lines.set(i, line.substring(0, cut));
      default -> lines.add(random.nextInt(lines.size()), line);
    }
    if (lines.isEmpty()) lines.add("");
  }

  /// Reads every value by every reader.
  private static void readAll(Section section) {
    for (var key : section.keys()) {
      if (section.isSection(key)) section.section(key).ifPresent(MutationTest::readAll);
      else readValue(section, key);
    }
  }

  private static void readValue(Section section, String key) {
    switch (key) {
      case "every", "timeout" -> section.duration(key, Duration.ZERO);
      case "share" -> section.share(key, 0);
      case "password", "token", "secret" -> section.secret(key);
      case "pageSize", "seats", "port", "leavers" -> section.count(key, 0);
      case "startTls", "adopt" -> section.flag(key, false);
      case "match" -> section.items(key).keys().forEach(section.items(key)::at);
      default -> section.texts(key);
    }
  }
}
