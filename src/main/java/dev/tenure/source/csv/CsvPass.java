package dev.tenure.source.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One reading of one file from its header to its end.
final class CsvPass {
  private final Path file;
  private final CsvForm.Wish wish;
  private final List<String> columns;

  /// What is done with the rows.
  @FunctionalInterface
  interface Rows {
    /// False where the row has fewer columns than the header.
    boolean take(CsvRecord row);
  }

  /// `columns` are those that the header must have.
  CsvPass(Path file, CsvForm.Wish wish, List<String> columns) {
    this.file = file;
    this.wish = wish;
    this.columns = columns;
  }

  /// Why the file is not whole; empty where it was read to its proper end.
  Optional<String> over(Function<CsvHeader, Rows> rows) throws IOException {
    try (var text = CsvText.open(file, CsvForm.of(file, wish));
        var records = text.records.iterator()) {
      if (!records.hasNext()) return Optional.of("the file is empty");
      var header = CsvHeader.of(records.next().getFields());
      var missing = CsvHeader.of(columns).missingIn(header);
      if (!missing.isEmpty()) {
        var names = String.join(", ", missing);
        return Optional.of("columns have vanished since the start: " + names);
      }
      var taking = rows.apply(header);
      boolean lastWasWhole = true;
      while (records.hasNext()) lastWasWhole = taking.take(records.next());
      if (text.watch.openQuote()) return Optional.of("the file ends inside a quoted field");
      return lastWasWhole || text.watch.endsWithLine()
          ? Optional.empty()
          : Optional.of("the file ends in the middle of a row");
    }
  }
}
