package dev.tenure.policy.expression;

import dev.tenure.config.Section;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The lookup tables of a configuration: text → one or more texts. Keys are compared without regard
/// to letter case and with each run of blanks as one. A table with several columns is known by its
/// name (the first column behind the key) and by `name.column` for each.
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
  /// (`{file: x.csv}`: a header, then rows of a key and its values; several rows of one key make a
  /// list). `files` gives all rows of a file, as it is named in the configuration; it throws
  /// [dev.tenure.problem.Problem.Found] where it cannot. Problems are noted at their places.
  public static Tables read(Section section, Function<String, List<List<String>>> files) {
    var tables = new LinkedHashMap<String, Map<String, List<String>>>();
    var reader = new TableReader(files);
    for (var name : section.keys()) {
      section.section(name).ifPresent(table -> tables.putAll(reader.read(name, table)));
    }
    return new Tables(tables);
  }

  Set<String> names() {
    return new TreeSet<>(tables.keySet());
  }

  boolean isKnown(String table) {
    return tables.containsKey(table);
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

  boolean has(String table, String key) {
    return tables.getOrDefault(table, Map.of()).containsKey(fold(key));
  }

  List<String> all(String table, String key) {
    var values = tables.getOrDefault(table, Map.of()).get(fold(key));
    if (values == null) throw new NoEntry(table, key);
    return values;
  }

  /// All values of a table.
  Set<String> values(String table) {
    var values = new TreeSet<String>();
    tables.getOrDefault(table, Map.of()).values().forEach(values::addAll);
    values.removeIf(String::isBlank);
    return values;
  }

  String one(String table, String key) {
    var values = all(table, key);
    return values.isEmpty() ? "" : values.getFirst();
  }
}
