package dev.tenure.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder that is gone when it is closed.
record Scratch(Path path) implements AutoCloseable {
  static Scratch make() throws IOException {
    return new Scratch(Files.createTempDirectory("tenure-bench"));
  }

  @Override
  public void close() {
    try (var all = Files.walk(path)) {
      all.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
