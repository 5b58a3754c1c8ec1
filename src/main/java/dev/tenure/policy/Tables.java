package dev.tenure.policy;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The lookup tables of a configuration: text → one or more texts. Keys are compared without regard
/// to letter case and with each run of blanks as one.
public final class Tables {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");
  private final Map<String, Map<String, List<String>>> tables;

  Tables(Map<String, Map<String, List<String>>> tables) {
    var folded = new HashMap<String, Map<String, List<String>>>();
    tables.forEach((name, entries) -> {
      var byKey = new HashMap<String, List<String>>();
      entries.forEach((key, values) -> byKey.put(fold(key), List.copyOf(values)));
      folded.put(name, byKey);
    });
    this.tables = folded;
  }

  /// A configuration without tables.
  public static Tables none() {
    return new Tables(Map.of());
  }

  /// Section `tables`: each table inline (`Sales: EMEA`, `Lead: [Agent, Supervisor]`) or in a file
  /// (`{file: x.csv}`: a header, then rows of key and value; several rows of one key make a list).
  /// `files` gives all rows of a file, as it is named in the configuration; it throws
  /// [Problem.Found] where it cannot. Problems are noted at their places.
  public static Tables read(Section section, Function<String, List<List<String>>> files) {
    var tables = new HashMap<String, Map<String, List<String>>>();
    for (var name : section.keys()) {
      section
          .section(name)
          .ifPresent(table -> {
            boolean file = table.keys().equals(List.of("file"));
            tables.put(name, file ? ofFile(table, files) : inline(table));
          });
    }
    return new Tables(tables);
  }

  private static Map<String, List<String>> inline(Section table) {
    var entries = new HashMap<String, List<String>>();
    var written = new HashMap<String, String>();
    for (var key : table.keys()) {
      twice(Optional.ofNullable(written.put(fold(key), key)), key, table);
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

  private static Map<String, List<String>> ofFile(
      Section table, Function<String, List<List<String>>> files) {
    var entries = new HashMap<String, List<String>>();
    try {
      var rows = files.apply(table.text("file"));
      for (int i = 1; i < rows.size(); i++) row(rows.get(i), i + 1, entries, table);
    } catch (Problem.Found e) {
      for (var p : e.problems()) table.problem("file", p.code(), p.message(), p.remedy());
    }
    return entries;
  }

  private static void row(
      List<String> row, int number, Map<String, List<String>> entries, Section table) {
    if (row.stream().allMatch(String::isBlank)) return;
    if (row.size() != 2 || row.getFirst().isBlank()) {
      table.problem(
          "file",
          Code.CONFIG_VALUE,
          "row " + number + " of " + table.text("file") + " is not a key and a value",
          "give two columns, key and value, with a header above them");
      return;
    }
    entries.computeIfAbsent(fold(row.getFirst()), _ -> new ArrayList<>()).add(row.get(1).strip());
  }

  Set<String> names() {
    return new TreeSet<>(tables.keySet());
  }

  static String fold(String key) {
    return BLANKS.matcher(key.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  /// Thrown out of an expression. Without a stack: it is a way out, not a mistake.
  static final class NoEntry extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final String table;
    final String value;

    NoEntry(String table, String value) {
      super("no entry", null, false, false);
      this.table = table;
      this.value = value;
    }
  }

  List<String> all(String table, String key) {
    var values = tables.getOrDefault(table, Map.of()).get(fold(key));
    if (values == null) throw new NoEntry(table, key);
    return values;
  }

  String one(String table, String key) {
    var values = all(table, key);
    return values.isEmpty() ? "" : values.getFirst();
  }
}
