package dev.tenure.config;

import static java.nio.file.Files.writeString;

import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Configurations for tests.
final class Yaml {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("DB_PASSWORD", "s3cr3t", "HOST", "dc1", "T", "t", "EMPTY", "");
  private final Path file;

  Yaml(Path folder, String text) {
    file = folder.resolve("tenure.yaml");
    try {
      writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The example that all parts agree on.
  static String full() {
    try (var in = Yaml.class.getResourceAsStream("full.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Configuration load() {
    return Configuration.load(file, ENVIRONMENT::get);
  }

  /// What is found wrong when the readers do this; none where all is well.
  List<Problem> problems(Consumer<Section> readers) {
    try {
      var configuration = load();
      readers.accept(configuration.root());
      configuration.finish();
      return List.of();
    } catch (Problem.Found e) {
      return e.problems();
    }
  }

  /// The same as lines, without the folder.
  List<String> lines(Consumer<Section> readers) {
    var folder = file.getParent() + "/";
    return problems(readers).stream().map(p -> p.line().replace(folder, "")).toList();
  }
}
