package dev.tenure.source.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Intake;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// People from a CSV file, read row by row. Columns may move between reads; one that vanishes makes
/// the read incomplete, for its values would vanish from every account.
public final class CsvSource implements Source {
  private final CsvConfig config;
  private final SourceSchema schema;

  public CsvSource(CsvConfig config) {
    this.config = config;
    this.schema = schemaOf(config);
  }

  private static SourceSchema schemaOf(CsvConfig config) {
    var header = config.header();
    var arities = new TreeMap<String, Arity>();
    header.names().forEach(name -> arities.put(name, Arity.ONE));
    for (var many : config.many()) {
      header.index(many).ifPresent(i -> arities.put(header.names().get(i), Arity.MANY));
    }
    return new SourceSchema(arities);
  }

  @Override
  public SourceSchema schema() {
    return schema;
  }

  @Override
  public ReadOutcome read(Consumer<Person> people) {
    var intake = new Intake(people);
    try {
      var before = Stamp.of(config);
      @Nullable Problem fault = rows(intake);
      if (fault == null && !before.equals(Stamp.of(config))) {
        fault = cut(intake, "the file changed while it was read");
      }
      return fault == null
          ? intake.end(config.file().toString(), config.minimumRows())
          : intake.incomplete(fault);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      return intake.incomplete(CsvFile.unreadable(config.file(), e));
    }
  }

  /// Null where the file was read to its proper end.
  private @Nullable Problem rows(Intake intake) throws IOException {
    try (var text = CsvText.open(config.file(), config.encoding(), config.delimiter());
        var records = text.records.iterator()) {
      if (!records.hasNext()) return cut(intake, "the file is empty");
      var header = CsvHeader.of(records.next().getFields());
      var missing = config.header().missingIn(header);
      if (!missing.isEmpty()) {
        return cut(intake, "columns have vanished since the start: " + String.join(", ", missing));
      }
      var row = new CsvRow(config, schema, header);
      boolean lastWasWhole = true;
      while (records.hasNext()) lastWasWhole = row.take(records.next(), intake);
      if (text.watch.openQuote()) return cut(intake, "the file ends inside a quoted field");
      if (!lastWasWhole && !text.watch.endsWithLine()) {
        return cut(intake, "the file ends in the middle of a row");
      }
      return null;
    }
  }

  private Problem cut(Intake intake, String what) {
    return new Problem(
        Code.SOURCE_INCOMPLETE,
        what + " (" + intake.count() + " people read)",
        Map.of("file", config.file().toString()),
        "write the file whole under another name and rename it; nobody was made a leaver by this");
  }

  /// What changes when a file is written to or replaced.
  private record Stamp(long size, FileTime modified, String identity) {
    static Stamp of(CsvConfig config) throws IOException {
      var a = Files.readAttributes(config.file(), BasicFileAttributes.class);
      return new Stamp(a.size(), a.lastModifiedTime(), String.valueOf(a.fileKey()));
    }
  }
}
