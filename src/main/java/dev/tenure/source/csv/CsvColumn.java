package dev.tenure.source.csv;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.source.AttributeName;
import dev.tenure.source.SourceSchema.Arity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// A column of the people's file: its name in the header, the attribute that it is to expressions,
/// and what its values are.
record CsvColumn(String column, String attribute, Arity arity, ColumnType type) {
  static CsvColumn text(String column) {
    return new CsvColumn(column, AttributeName.of(column), Arity.ONE, new ColumnType.Text());
  }

  CsvColumn many() {
    return new CsvColumn(column, attribute, Arity.MANY, type);
  }

  private CsvColumn named(String name) {
    return new CsvColumn(column, name, arity, type);
  }

  private CsvColumn of(ColumnType other) {
    return new CsvColumn(column, attribute, arity, other);
  }

  /// All columns of the header, with what `columns` and `many` say of some.
  static List<CsvColumn> read(Section section, CsvHeader header) {
    var columns = new ArrayList<>(header.columns().stream().map(CsvColumn::text).toList());
    for (var many : new HashSet<>(section.texts("many"))) {
      header
          .index(many)
          .ifPresentOrElse(
              at -> columns.set(at, columns.get(at).many()),
              () -> requireKnown(section, "many", many, header));
    }
    section.section("columns").ifPresent(all -> describe(all, header, columns));
    noteCollisions(section, columns);
    return columns;
  }

  private static void describe(Section all, CsvHeader header, List<CsvColumn> columns) {
    for (var key : all.keys()) {
      header
          .index(key)
          .ifPresentOrElse(
              at -> columns.set(at, described(all, key, columns.get(at))),
              () -> requireKnown(all, key, key, header));
    }
  }

  private static CsvColumn described(Section all, String key, CsvColumn column) {
    if (!all.isSection(key)) return column.named(attribute(all, key, all.text(key)));
    var section = all.section(key).orElseThrow();
    var typed = column.of(ColumnType.read(section));
    return section
        .optionalText("name")
        .map(name -> typed.named(attribute(section, "name", name)))
        .orElse(typed);
  }

  private static String attribute(Section section, String key, String name) {
    var fits = !name.isEmpty() && AttributeName.of(name).equals(name);
    section.require(fits, key, "must be a name for expressions: letters, digits and _");
    return name;
  }

  private static void requireKnown(Section section, String key, String name, CsvHeader header) {
    if (!header.columns().isEmpty()) section.requireKnown(key, name, header.columns());
  }

  private static void noteCollisions(Section section, List<CsvColumn> columns) {
    Map<String, String> seen = new HashMap<>();
    for (var column : columns) {
      var before = seen.putIfAbsent(column.attribute(), column.column());
      // Without 'columns' the header's own faults have told it.
      if (before == null || !section.has("columns")) continue;
      section.problem(
          "columns",
          Code.CONFIG_VALUE,
          "the columns '%s' and '%s' are both '%s'"
              .formatted(before, column.column(), column.attribute()),
          "give one of them another name");
    }
  }
}
