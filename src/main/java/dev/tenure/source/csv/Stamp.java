package dev.tenure.source.csv;

import dev.tenure.source.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What changes when one of some files is written to or replaced: sizes, times and identities as a
/// text. `latest` is when the last of them was written to.
record Stamp(String text, Instant latest) {
  /// A clock that differs from that of the files' server by more is not to be compared with it.
  private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

  /// A file that cannot be looked at stands in the text as such.
  static Stamp of(List<Path> files) {
    var text = new StringBuilder();
    var latest = Instant.EPOCH;
    for (var file : files) {
      try {
        var a = Files.readAttributes(file, BasicFileAttributes.class);
        var modified = a.lastModifiedTime().toInstant();
        text.append("%d@%s%s;".formatted(a.size(), modified, a.fileKey()));
        if (modified.isAfter(latest)) latest = modified;
      } catch (IOException e) {
        text.append("none;");
      }
    }
    return new Stamp(text.toString(), latest);
  }

  /// How long to wait until nothing will have been written for `settle`; not positive where that is
  /// so already.
  Duration unsettled(Duration settle, Time time) {
    var left = Duration.between(time.clock().instant(), latest.plus(settle));
    return left.compareTo(settle.plus(CLOCKS_APART)) > 0 ? Duration.ZERO : left;
  }
}
