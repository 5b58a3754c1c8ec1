package dev.tenure.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// People in great numbers whose accounts [dev.tenure.cli.bench.store.Population] makes.
record CyclePeople(String mail, String display, String title, String department) {
  private static final int HUNDREDTH = 100;

  static CyclePeople of(int n) {
    var name = "user%07d".formatted(n);
    return new CyclePeople(
        name + "@example.com", "Name " + name, "Agent " + n % 20, "Department " + n % 50);
  }

  /// Writes a file of so many. Where `title` is not empty, every hundredth has this one.
  static void write(Path file, int size, String title) throws IOException {
    var next = file.resolveSibling(file.getFileName() + ".next");
    try (var out = Files.newBufferedWriter(next)) {
      out.write("id,mail,display,title,department\n");
      for (var n = 1; n <= size; n++) {
        var one = of(n);
        var now = n % HUNDREDTH == 0 && !title.isEmpty() ? title : one.title();
        out.write(String.join(",", "E" + n, one.mail(), one.display(), now, one.department()));
        out.write('\n');
      }
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
