package dev.tenure.source.csv;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/// Reads `encoding` and `delimiter`; both may be missing or `auto`.
final class FormReader {
  private static final String AUTO = "auto";

  private FormReader() {}

  static CsvForm.Wish read(Section section) {
    return new CsvForm.Wish(encoding(section), delimiter(section));
  }

  private static Optional<Character> delimiter(Section section) {
    var text = section.text("delimiter", AUTO).replace("\\t", "\t");
    if (text.equals(AUTO)) return Optional.empty();
    boolean one = text.length() == 1 && "\"\r\n".indexOf(text.charAt(0)) < 0;
    section.require(one, "delimiter", "must be one character, such as ',' or ';' or '\\t'");
    return one ? Optional.of(text.charAt(0)) : Optional.empty();
  }

  private static Optional<Charset> encoding(Section section) {
    var name = section.text("encoding", AUTO);
    if (name.equals(AUTO)) return Optional.empty();
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      section.problem(
          "encoding",
          Code.CONFIG_VALUE,
          "'" + name + "' is no encoding",
          "use UTF-8, ISO-8859-1, windows-1252 or UTF-16");
      return Optional.empty();
    }
  }
}
