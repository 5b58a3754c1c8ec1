package dev.tenure;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The book is done, page by page, as its readers would.
class BookTest {
  private static Path page(String name) {
    return Path.of("docs", name);
  }

  @Test
  void tenMinutesWithOwnPeople() throws IOException, InterruptedException {
    try (var walk = BookWalk.alone()) {
      walk.walk(page("start.md"));
    }
  }
}
