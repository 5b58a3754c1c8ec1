package dev.tenure.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/// The package has the licence of each library in it: the library's own, or the text that the index
/// names. `.dist/build` looks for them in the same way, and stops where there is none.
class LibraryLicencesTest {
  private static final Path LIBRARIES = Path.of("target", "lib");
  private static final Path INDEX = Path.of(".dist", "licences", "index");
  private static final Pattern OWN =
      Pattern.compile("(.*/)?(licen[cs]e|notice|copying)[^/]*", Pattern.CASE_INSENSITIVE);

  /// For archives whose names match `pattern`.
  private record Line(String pattern, Path text) {
    boolean isFor(String name) {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
    }
  }

  private static List<Line> index() throws IOException {
    return Files.readAllLines(INDEX).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" ", 2))
        .map(words -> new Line(words[0], Path.of(words[1])))
        .toList();
  }

  private static List<Path> libraries() throws IOException {
    try (var files = Files.list(LIBRARIES)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static boolean bringsItsOwn(Path library) throws IOException {
    try (var archive = new ZipFile(library.toFile())) {
      return archive.stream()
          .map(entry -> entry.getName())
          .anyMatch(name -> OWN.matcher(name).matches() && !name.endsWith(".class"));
    }
  }

  @Test
  void eachLibraryHasOne() throws IOException {
    var index = index();
    var without = new ArrayList<String>();
    for (var library : libraries()) {
      var name = library.getFileName().toString().replaceFirst("\\.jar$", "");
      if (!bringsItsOwn(library) && index.stream().noneMatch(line -> line.isFor(name))) {
        without.add(name + ": name its text in " + INDEX);
      }
    }
    assertThat(libraries()).hasSizeGreaterThan(50);
    assertThat(without).isEmpty();
  }

  @Test
  void eachTextThatTheIndexNamesIsThere() throws IOException {
    assertThat(index()).allMatch(line -> Files.isRegularFile(line.text()));
  }
}
