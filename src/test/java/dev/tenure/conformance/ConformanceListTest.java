package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Holds that each of the 126 cases is one test, and that `docs/conformance.md` has all of them.
class ConformanceListTest {
  private static final List<Integer> CASES = IntStream.rangeClosed(1, 126).boxed().toList();
  private static final List<Integer> POINTS = IntStream.rangeClosed(1, 51).boxed().toList();
  private static final Pattern NAME = Pattern.compile("case([0-9]{3})_[a-z]\\w+");
  private static final Pattern TITLE = Pattern.compile("C3/([0-9]+) .{10,}");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]+) \\|.*\\|$");

  private static List<Method> tests() throws IOException, ClassNotFoundException {
    var here = ConformanceListTest.class.getPackageName();
    var tests = new ArrayList<Method>();
    try (var files = Files.list(Path.of("target/test-classes", here.split("\\.")))) {
      for (var file : files.sorted().toList()) {
        var name = file.getFileName().toString().replace(".class", "");
        if (!name.endsWith("Test")) continue;
        var methods = Class.forName(here + "." + name).getDeclaredMethods();
        Arrays.stream(methods).filter(m -> m.isAnnotationPresent(Test.class)).forEach(tests::add);
      }
    }
    return tests;
  }

  @Test
  void eachCaseIsOneTest() throws IOException, ClassNotFoundException {
    var numbers = new ArrayList<Integer>();
    for (var test : tests()) {
      var name = NAME.matcher(test.getName());
      if (!name.matches()) continue;
      var number = Integer.parseInt(name.group(1));
      numbers.add(number);
      var title = TITLE.matcher(test.getAnnotation(DisplayName.class).value());
      assertThat(title.matches()).as(test.getName()).isTrue();
      assertThat(Integer.parseInt(title.group(1))).as(test.getName()).isEqualTo(number);
    }
    assertThat(numbers).containsExactlyInAnyOrderElementsOf(CASES);
  }

  @Test
  void theDocumentHasEachCaseAndEachOpenPoint() throws IOException {
    var parts =
        Files.readString(Path.of("docs/conformance.md")).split("## Where the RFCs are open");
    assertThat(parts).hasSize(2);
    assertThat(numbers(parts[0])).isEqualTo(CASES);
    assertThat(numbers(parts[1])).isEqualTo(POINTS);
  }

  private static List<Integer> numbers(String text) {
    return ROW.matcher(text).results().map(r -> Integer.valueOf(r.group(1))).toList();
  }
}
