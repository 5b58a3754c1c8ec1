package dev.tenure.source.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.AttributeName;
import dev.tenure.source.Intake;
import dev.tenure.source.Person;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes people of rows.
final class CsvRow {
  private final CsvConfig config;
  private final SourceSchema schema;
  private final Map<String, Integer> positions;
  private final int width;
  private final int key;

  CsvRow(CsvConfig config, SourceSchema schema, CsvHeader header) {
    this.config = config;
    this.schema = schema;
    this.positions = header.positions();
    this.width = header.columns().size();
    this.key = header.index(config.key()).orElseThrow();
  }

  /// Hands the row's person, or what is wrong with the row, to `intake`. False where the row has
  /// fewer columns than the header.
  boolean take(CsvRecord row, Intake intake) {
    if (row.getFields().stream().allMatch(String::isBlank)) return row.getFieldCount() >= width;
    var where = config.file() + ":" + row.getStartingLineNumber();
    if (row.getFieldCount() != width) {
      // Which cell is the key is not known in a row that lost or gained one, so nobody whose key
      // stands anywhere in it may be taken for gone.
      var keys = row.getFields().stream().map(Intake::key).flatMap(Optional::stream).toList();
      intake.unreadable(keys, wrongWidth(row, where));
      return row.getFieldCount() > width;
    }
    Intake.key(row.getField(key))
        .ifPresentOrElse(
            k -> intake.person(new Person(k, attributes(row), groups(row), disabled(row)), where),
            () -> intake.withoutKey(where, config.key()));
    return true;
  }

  private Problem wrongWidth(CsvRecord row, String where) {
    return new Problem(
        Code.SOURCE_ROW,
        "the row has " + row.getFieldCount() + " columns, the header " + width,
        Map.of("record", where),
        "put values that contain '" + config.delimiter() + "' or a line end into double quotes");
  }

  private SortedMap<String, List<String>> attributes(CsvRecord row) {
    var attributes = new TreeMap<String, List<String>>();
    schema
        .attributes()
        .forEach((name, arity) -> {
          var values = values(row, name, arity);
          if (!values.isEmpty()) attributes.put(name, values);
        });
    return attributes;
  }

  private List<String> values(CsvRecord row, String name, Arity arity) {
    var text = cell(row, name);
    return switch (arity) {
      case ONE -> text.isEmpty() ? List.of() : List.of(text);
      case MANY -> split(text, config.separator());
    };
  }

  private SortedMap<String, List<String>> groups(CsvRecord row) {
    var groups = new TreeMap<String, List<String>>();
    config
        .groups()
        .ifPresent(g -> {
          for (var name : split(cell(row, g.column()), g.separator())) {
            groups.put(name, List.of(name));
          }
        });
    return groups;
  }

  private boolean disabled(CsvRecord row) {
    return config
        .disabled()
        .filter(d -> d.values().contains(cell(row, d.column()).toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  private String cell(CsvRecord row, String column) {
    var at = positions.get(AttributeName.of(column));
    return at == null ? "" : row.getField(at).strip();
  }

  private static List<String> split(String text, String separator) {
    return Arrays.stream(text.split(Pattern.quote(separator), -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }
}
