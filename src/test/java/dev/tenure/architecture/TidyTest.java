package dev.tenure.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Reads the sources and holds the sizes and habits of the house style.
class TidyTest {
  private static final int LINE_MAX = 100;
  private static final int FILE_MAX = 400;
  private static final int METHOD_MAX = 40;
  private static final int PARAMETERS_MAX = 4;
  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TEST = Path.of("src/test/java");

  /// Only what starts a body at two or four spaces: google-java-format makes that reliable.
  private static final Pattern METHOD =
      Pattern.compile(
          "^( {2,6})(?!return|throw|new|else|case)[\\w<>\\[\\], .?@&]*?\\b(\\w+)\\(([^;{}]*)\\)"
              + "[^;{}()=]*\\{$",
          Pattern.MULTILINE);

  private static final Pattern SQL_TEXT =
      Pattern.compile(
          "\"\"\"\\s*((?:select|insert|update|delete|with)\\b.*?)\"\"\"", Pattern.DOTALL);

  @Test
  void linesAndFilesAreShort() {
    var broken = new ArrayList<String>();
    eachSource(
        (file, text) -> {
          var lines = text.lines().toList();
          if (lines.size() > FILE_MAX) broken.add(file + " has " + lines.size() + " lines");
          for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > LINE_MAX) broken.add(file + ":" + (i + 1) + " is too long");
          }
        },
        MAIN,
        TEST);
    assertThat(broken).isEmpty();
  }

  @Test
  void methodsAreShort() {
    var broken = new ArrayList<String>();
    eachMethod((where, method) -> {
      if (method.lines() > METHOD_MAX) broken.add(where + " has " + method.lines() + " lines");
    });
    assertThat(broken).isEmpty();
  }

  @Test
  void nineMethodsInTenHaveAtMostTwentyLines() {
    var lengths = new ArrayList<Integer>();
    eachMethod((_, method) -> lengths.add(method.lines()));
    lengths.sort(null);
    assertThat(lengths).hasSizeGreaterThan(100);
    assertThat(lengths.get(lengths.size() * 9 / 10)).isLessThanOrEqualTo(20);
  }

  @Test
  void methodsHaveFewParameters() {
    var broken = new ArrayList<String>();
    eachMethod((where, method) -> {
      if (method.parameters() > PARAMETERS_MAX) {
        broken.add(where + " has " + method.parameters() + " parameters");
      }
    });
    assertThat(broken).isEmpty();
  }

  @Test
  void nothingIsLeftLyingAbout() {
    var broken = new ArrayList<String>();
    var todo = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?! #\\d+)");
    var commentedOut = Pattern.compile("^\\s*//(?!/).*[;{}]\\s*$", Pattern.MULTILINE);
    eachSource(
        (file, text) -> {
          if (file.endsWith("TidyTest.java")) return;
          if (todo.matcher(text).find()) broken.add(file + " has a TODO without an issue number");
          if (commentedOut.matcher(text).find()) broken.add(file + " has commented-out code");
          if (text.contains("System.out.print") && !file.contains("/cli/")) {
            broken.add(file + " prints");
          }
        },
        MAIN,
        TEST);
    assertThat(broken).isEmpty();
  }

  @Test
  void noSqlTextStandsTwice() {
    Map<String, String> seen = new HashMap<>();
    var broken = new ArrayList<String>();
    eachSource(
        (file, text) -> {
          var matcher = SQL_TEXT.matcher(text);
          while (matcher.find()) {
            var sql = matcher.group(1).replaceAll("\\s+", " ").strip();
            var other = seen.putIfAbsent(sql, file);
            if (other != null) broken.add(file + " and " + other + ": " + sql);
          }
        },
        MAIN);
    assertThat(seen).isNotEmpty();
    assertThat(broken).isEmpty();
  }

  private record Method(int lines, int parameters) {}

  private static void eachMethod(BiConsumer<String, Method> visitor) {
    eachSource(
        (file, text) -> {
          var matcher = METHOD.matcher(text);
          while (matcher.find()) {
            if (matcher.group().stripLeading().startsWith("record ")
                || matcher.group().contains(" record ")) continue;
            var end = text.indexOf("\n" + matcher.group(1) + "}", matcher.end());
            if (end < 0) continue;
            int lines = (int) text.substring(matcher.start(), end).lines().count() + 1;
            visitor.accept(
                file + " " + matcher.group(2), new Method(lines, parameters(matcher.group(3))));
          }
        },
        MAIN);
  }

  /// Counts the commas outside of angle brackets and parentheses.
  private static int parameters(String list) {
    if (list.isBlank()) return 0;
    int depth = 0;
    int count = 1;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '<' || c == '(') depth++;
      if (c == '>' || c == ')') depth--;
      if (c == ',' && depth == 0) count++;
    }
    return count;
  }

  private static void eachSource(BiConsumer<String, String> visitor, Path... roots) {
    for (var root : roots) {
      try (var files = Files.walk(root)) {
        List<Path> sources = files.filter(f -> f.toString().endsWith(".java")).toList();
        assertThat(sources).isNotEmpty();
        for (var source : sources) visitor.accept(source.toString(), Files.readString(source));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
