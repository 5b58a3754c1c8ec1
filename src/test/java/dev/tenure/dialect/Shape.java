package dev.tenure.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request in the shape of one provider, and what must come of it: a file as `README.md` beside
/// the files has it. `name` is the folder and the file.
record Shape(
    String name,
    List<String> given,
    String method,
    String path,
    List<String> headers,
    String body,
    Map<String, List<String>> sections) {

  private static final Path FOLDER = Path.of("src/test/resources/dev/tenure/dialect");

  /// All files, in order.
  static List<Shape> all() {
    try (var files = Files.walk(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".http")).sorted().map(Shape::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The folder, which is the provider.
  String provider() {
    return name.substring(0, name.indexOf('/'));
  }

  /// The lines of a section; none where there is none.
  List<String> lines(String section) {
    return sections.getOrDefault(section, List.of());
  }

  /// The same with names for ids.
  Shape with(Map<String, String> names) {
    var filled = new LinkedHashMap<String, List<String>>();
    sections.forEach((key, lines) ->
        filled.put(fill(key, names), lines.stream().map(l -> fill(l, names)).toList()));
    return new Shape(
        name, given, method, fill(path, names), headers, fill(body, names), Map.copyOf(filled));
  }

  private static String fill(String text, Map<String, String> names) {
    var filled = text;
    for (var entry : names.entrySet()) {
      filled = filled.replace("{{" + entry.getKey() + "}}", entry.getValue());
    }
    return filled;
  }

  private static Shape read(Path file) {
    var parts = text(file).split("(?m)^## ", -1);
    var head = new ArrayList<>(parts[0].lines().toList());
    var given = new ArrayList<String>();
    while (head.getFirst().startsWith("# ")) {
      var line = head.removeFirst();
      if (line.startsWith("# given: ")) given.add(line.substring("# given: ".length()));
    }
    var request = head.removeFirst().split(" ", 2);
    var headers = new ArrayList<String>();
    while (!head.isEmpty() && !head.getFirst().isEmpty()) {
      headers.addAll(List.of(head.removeFirst().split(": ", 2)));
    }
    var sections = new LinkedHashMap<String, List<String>>();
    for (int i = 1; i < parts.length; i++) {
      var lines = parts[i].lines().map(String::strip).toList();
      sections.put(
          lines.getFirst(), lines.stream().skip(1).filter(line -> !line.isEmpty()).toList());
    }
    var name = FOLDER.relativize(file).toString().replace(".http", "").replace('\\', '/');
    var body = String.join("\n", head).strip();
    return new Shape(name, given, request[0], request[1], headers, body, sections);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
