package dev.tenure.source.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Intake;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema.Arity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes people of rows.
final class CsvRow {
  private final CsvConfig config;
  private final CsvHeader header;
  private final Intake intake;
  private final @Nullable GroupFiles groups;
  private final List<Cell> cells;
  private final int width;
  private final int key;

  /// Where a column stands now.
  private record Cell(int at, CsvColumn column) {}

  /// What is wrong with a value.
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message, null, false, false);
    }
  }

  CsvRow(CsvConfig config, CsvHeader header, Intake intake, @Nullable GroupFiles groups) {
    this.config = config;
    this.header = header;
    this.intake = intake;
    this.groups = groups;
    this.cells =
        config.columns().stream()
            .map(c -> new Cell(header.index(c.column()).orElseThrow(), c))
            .toList();
    this.width = header.columns().size();
    this.key = header.index(config.key()).orElseThrow();
  }

  /// Hands the row's person, or what is wrong with the row, to the intake. False where the row has
  /// fewer columns than the header.
  boolean take(CsvRecord row) {
    if (row.getFields().stream().allMatch(String::isBlank)) return row.getFieldCount() >= width;
    if (row.getFieldCount() != width) {
      // Which cell is the key is not known in a row that lost or gained one, so nobody whose key
      // stands anywhere in it may be taken for gone.
      var keys = row.getFields().stream().map(Intake::key).flatMap(Optional::stream).toList();
      intake.unreadable(keys, wrongWidth(row));
      return row.getFieldCount() > width;
    }
    Intake.key(row.getField(key))
        .ifPresentOrElse(k -> person(k, row), () -> intake.withoutKey(where(row), config.key()));
    return true;
  }

  private void person(PersonKey person, CsvRecord row) {
    try {
      var attributes = attributes(row);
      var belongs = groups(person, row);
      intake.person(new Person(person, attributes, belongs, disabled(row)), where(row));
    } catch (Wrong e) {
      intake.unreadable(
          List.of(person),
          new Problem(
              Code.SOURCE_ROW,
              String.valueOf(e.getMessage()),
              Map.of("record", where(row), "person", person.value()),
              "correct it; the person is left as they are until then"));
    }
  }

  private String where(CsvRecord row) {
    return config.file() + ":" + row.getStartingLineNumber();
  }

  private Problem wrongWidth(CsvRecord row) {
    return new Problem(
        Code.SOURCE_ROW,
        "the row has " + row.getFieldCount() + " columns, the header " + width,
        Map.of("record", where(row)),
        "put values that contain the delimiter or a line end into double quotes");
  }

  private SortedMap<String, List<String>> attributes(CsvRecord row) throws Wrong {
    var attributes = new TreeMap<String, List<String>>();
    for (var cell : cells) {
      var values = values(row.getField(cell.at()).strip(), cell.column());
      if (!values.isEmpty()) attributes.put(cell.column().attribute(), values);
    }
    return attributes;
  }

  private List<String> values(String text, CsvColumn column) throws Wrong {
    if (text.isEmpty()) return List.of();
    if (column.arity() == Arity.ONE) return List.of(value(text, column));
    var parts = split(text, config.separator()).toArray(String[]::new);
    for (int i = 0; i < parts.length; i++) parts[i] = value(parts[i], column);
    return List.of(parts);
  }

  private static String value(String text, CsvColumn column) throws Wrong {
    var type = column.type();
    var read = type.read(text);
    if (read.isPresent()) return read.get();
    throw new Wrong("'" + text + "' in '" + column.column() + "' is not " + type.wanted());
  }

  private SortedMap<String, List<String>> groups(PersonKey person, CsvRecord row) throws Wrong {
    if (groups == null) return new TreeMap<>();
    var written =
        config
            .groups()
            .flatMap(CsvGroups::column)
            .map(c -> split(cell(row, c.column()), c.separator()))
            .orElse(List.of());
    return groups
        .of(person.value(), written)
        .orElseThrow(() -> new Wrong("a group of this person is not known, or its row is damaged"));
  }

  private boolean disabled(CsvRecord row) {
    return config
        .disabled()
        .filter(d -> d.values().contains(cell(row, d.column()).toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  private String cell(CsvRecord row, String column) {
    return header.index(column).map(at -> row.getField(at).strip()).orElse("");
  }

  private static List<String> split(String text, String separator) {
    if (!text.contains(separator)) {
      var bare = text.strip();
      return bare.isEmpty() ? List.of() : List.of(bare);
    }
    return Arrays.stream(text.split(Pattern.quote(separator), -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }
}
