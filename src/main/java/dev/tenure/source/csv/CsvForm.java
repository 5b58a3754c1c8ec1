package dev.tenure.source.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How a file is written: its encoding, the character between columns, and how many bytes of a byte
/// order mark stand before the text.
record CsvForm(Charset charset, char delimiter, int markBytes) {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String CANDIDATES = ",;\t|";
  private static final int HEADER_BYTES_MAX = 1 << 16;

  /// In one text of windows-1252 some pairs of letters look like UTF-8: so many others outweigh
  /// each of them.
  private static final int OUTWEIGHED = 9;

  /// What the configuration forces; the rest is found out.
  record Wish(Optional<Charset> charset, Optional<Character> delimiter) {
    static final Wish NONE = new Wish(Optional.empty(), Optional.empty());

    static Wish of(Charset charset, char delimiter) {
      return new Wish(Optional.of(charset), Optional.of(delimiter));
    }
  }

  /// A byte order mark decides; then what is wished; then UTF-8 where the whole file is, else
  /// windows-1252. Throws [Problem.Found] where it is neither clearly: with the wrong one the names
  /// of many people would change.
  static CsvForm of(Path file, Wish wish) throws IOException {
    var start = start(file);
    var mark = Mark.of(start);
    var charset = charset(file, wish, mark);
    int bytes = mark.bytes();
    var text = new String(start, bytes, start.length - bytes, charset);
    return new CsvForm(charset, wish.delimiter().orElseGet(() -> delimiter(text)), bytes);
  }

  private static Charset charset(Path file, Wish wish, Mark mark) throws IOException {
    if (mark.bytes() > 0) return mark.charset();
    return wish.charset().isPresent() ? wish.charset().get() : detected(file);
  }

  private static byte[] start(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(HEADER_BYTES_MAX);
    }
  }

  /// A byte order mark.
  private record Mark(Charset charset, int bytes) {
    static Mark of(byte[] start) {
      if (starts(start, 0xEF, 0xBB, 0xBF)) return new Mark(StandardCharsets.UTF_8, 3);
      if (starts(start, 0xFE, 0xFF)) return new Mark(StandardCharsets.UTF_16BE, 2);
      if (starts(start, 0xFF, 0xFE)) return new Mark(StandardCharsets.UTF_16LE, 2);
      return new Mark(StandardCharsets.UTF_8, 0);
    }

    private static boolean starts(byte[] bytes, int... mark) {
      if (bytes.length < mark.length) return false;
      for (int i = 0; i < mark.length; i++) if ((bytes[i] & 0xFF) != mark[i]) return false;
      return true;
    }
  }

  private static Charset detected(Path file) throws IOException {
    var scan = new Utf8Scan();
    try (InputStream in = Files.newInputStream(file)) {
      var buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) scan.see(buffer, n);
    }
    if (scan.wrong() == 0) return StandardCharsets.UTF_8;
    if (scan.wrong() > OUTWEIGHED * scan.right()) return WINDOWS;
    throw CsvFile.problem(
            file,
            "the file is partly UTF-8 and partly not, first in line " + scan.wrongLine(),
            "write it in one encoding, or set 'encoding'")
        .found();
  }

  /// The candidate that stands most often in the first line, outside of quotes; a comma where none
  /// does.
  private static char delimiter(String text) {
    var counts = new int[CANDIDATES.length()];
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (c == '\n' || c == '\r') break;
      int candidate = CANDIDATES.indexOf(c);
      if (candidate >= 0) counts[candidate]++;
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) if (counts[i] > counts[best]) best = i;
    return CANDIDATES.charAt(best);
  }
}
