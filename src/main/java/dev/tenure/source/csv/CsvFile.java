package dev.tenure.source.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is common to all CSV files: the header, the whole of a small one, and the problems.
final class CsvFile {
  private CsvFile() {}

  /// The first row. Throws [Problem.Found] where the file cannot be read or has none.
  static CsvHeader header(Path file, CsvForm.Wish wish) {
    try (var text = CsvText.open(file, CsvForm.of(file, wish));
        var rows = text.records.iterator()) {
      if (!rows.hasNext()) {
        throw problem(file, "the file is empty", "start it with a row of column names").found();
      }
      return CsvHeader.of(rows.next().getFields());
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new Problem.Found(unreadable(file, e), e);
    }
  }

  /// All rows, the header included. Throws [Problem.Found] where the file cannot be read or ends
  /// inside a quoted field.
  static List<List<String>> rows(Path file, Charset encoding, char delimiter) {
    var wish = CsvForm.Wish.of(encoding, delimiter);
    try (var text = CsvText.open(file, CsvForm.of(file, wish));
        var rows = text.records.stream()) {
      var all = rows.map(r -> r.getFields()).toList();
      if (text.watch.openQuote()) {
        throw problem(file, "the file ends inside a quoted field", "write the file again").found();
      }
      return all;
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new Problem.Found(unreadable(file, e), e);
    }
  }

  /// Why the file cannot be read.
  static Problem unreadable(Path file, Exception e) {
    var cause = cause(e);
    if (cause instanceof NoSuchFileException) {
      return problem(file, "there is no file " + file, "put the file there, or correct the path");
    }
    if (cause instanceof CharacterCodingException) {
      return problem(
          file, "the file is not in the given encoding", "set 'encoding', such as windows-1252");
    }
    var said = cause.getMessage();
    return problem(
        file,
        "the file cannot be read: " + (said == null ? cause.getClass().getSimpleName() : said),
        "check that it is a CSV file and that this user may read it");
  }

  static Problem problem(Path file, String message, String remedy) {
    return new Problem(Code.SOURCE_FILE, message, Map.of("file", file.toString()), remedy);
  }

  private static Throwable cause(Throwable e) {
    Throwable at = e;
    for (@Nullable Throwable next = at.getCause(); next != null; next = at.getCause()) at = next;
    return at;
  }
}
