package dev.tenure.policy.expression;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads one table of a configuration, inline or from a CSV file.
final class TableReader {
  private static final String FILE = "file";
  private final Function<String, List<List<String>>> files;

  TableReader(Function<String, List<List<String>>> files) {
    this.files = files;
  }

  /// By name: the table, and each column behind the key where there are several.
  Map<String, Map<String, List<String>>> read(String name, Section table) {
    boolean file = table.keys().equals(List.of(FILE));
    return file ? ofFile(name, table) : Map.of(name, inline(table));
  }

  private static Map<String, List<String>> inline(Section table) {
    var entries = new HashMap<String, List<String>>();
    var written = new HashMap<String, String>();
    for (var key : table.keys()) {
      twice(Optional.ofNullable(written.put(Tables.fold(key), key)), key, table);
      entries.put(key, table.texts(key));
    }
    return entries;
  }

  private static void twice(Optional<String> before, String key, Section table) {
    before.ifPresent(b ->
        table.problem(
            key,
            Code.CONFIG_VALUE,
            "'" + b + "' and '" + key + "' are the same key",
            "letter case and blanks do not count in a table: keep one of them"));
  }

  private Map<String, Map<String, List<String>>> ofFile(String name, Section table) {
    var byName = new LinkedHashMap<String, Map<String, List<String>>>();
    byName.put(name, Map.of());
    try {
      var rows = files.apply(table.text(FILE));
      var columns = new ArrayList<Map<String, List<String>>>();
      for (var heading : rows.isEmpty() ? List.<String>of() : rows.getFirst()) {
        columns.add(new HashMap<>());
        byName.put(name + "." + heading.strip(), columns.getLast());
      }
      for (int i = 1; i < rows.size(); i++) row(rows.get(i), i + 1, columns, table);
      if (columns.size() > 1) byName.put(name, columns.get(1));
    } catch (Problem.Found e) {
      for (var p : e.problems()) table.problem(FILE, p.code(), p.message(), p.remedy());
    }
    return byName;
  }

  /// The key's own column is there too: it gives the key as the file writes it.
  private static void row(
      List<String> row, int number, List<Map<String, List<String>>> columns, Section table) {
    if (row.stream().allMatch(String::isBlank)) return;
    if (row.size() != columns.size() || columns.size() < 2 || row.getFirst().isBlank()) {
      table.problem(
          FILE,
          Code.CONFIG_VALUE,
          "row " + number + " of " + table.text(FILE) + " does not have the columns of its header",
          "give a key and its values, as many as the header names");
      return;
    }
    var key = Tables.fold(row.getFirst());
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).computeIfAbsent(key, _ -> new ArrayList<>()).add(row.get(c).strip());
    }
  }
}
