package dev.tenure.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the tables of a database are, whatever they are: read from PostgreSQL's own.
///
/// `tables` stand in an order in which they can be filled: what a foreign key leads to comes first.
/// Flyway's is not among them. `sequences` have the last number that each gave.
record Catalogue(List<Table> tables, Map<String, Long> sequences) {
  private static final String TABLES =
      """
      select c.relname, greatest(c.reltuples, 0)::bigint, array(
          select a.attname::text from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
          order by a.attnum)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and c.relkind = 'r'
        and c.relname <> 'flyway_schema_history'
      order by c.relname\
      """;

  private static final String FOREIGN_KEYS =
      """
      select t.relname, f.relname
      from pg_constraint k join pg_class t on t.oid = k.conrelid
        join pg_class f on f.oid = k.confrelid join pg_namespace n on n.oid = t.relnamespace
      where k.contype = 'f' and t.oid <> f.oid and n.nspname = current_schema()\
      """;

  private static final String SEQUENCES =
      """
      select sequencename, last_value from pg_sequences
      where schemaname = current_schema() and last_value is not null\
      """;

  /// A table with the columns that have values of their own, and about how many rows it has.
  record Table(String name, List<String> columns, long rowsAbout) {
    /// `name (column, column)`, for a `COPY`.
    String listed() {
      return quoted(name)
          + columns.stream().map(Table::quoted).collect(Collectors.joining(", ", " (", ")"));
    }

    static String quoted(String name) {
      return "\"" + name.replace("\"", "\"\"") + "\"";
    }
  }

  static Catalogue of(Connection connection) throws SQLException {
    var sequences = new TreeMap<String, Long>();
    each(connection, SEQUENCES, row -> sequences.put(row.getString(1), row.getLong(2)));
    var tables = new ArrayList<Table>();
    each(
        connection,
        TABLES,
        row ->
            tables.add(
                new Table(
                    row.getString(1),
                    Stream.of((Object[]) row.getArray(3).getArray()).map(String::valueOf).toList(),
                    row.getLong(2))));
    var needs = new TreeMap<String, Set<String>>();
    each(
        connection,
        FOREIGN_KEYS,
        row -> needs.computeIfAbsent(row.getString(1), _ -> new HashSet<>()).add(row.getString(2)));
    return new Catalogue(ordered(tables, needs), sequences);
  }

  long rowsAbout() {
    return tables.stream().mapToLong(Table::rowsAbout).sum();
  }

  private static List<Table> ordered(List<Table> tables, Map<String, Set<String>> needs) {
    var left = new ArrayList<>(tables);
    var ordered = new ArrayList<Table>();
    var done = new HashSet<String>();
    while (!left.isEmpty()) {
      var next =
          left.stream()
              .filter(t -> done.containsAll(needs.getOrDefault(t.name(), Set.of())))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("foreign keys lead in a ring"));
      left.remove(next);
      done.add(next.name());
      ordered.add(next);
    }
    return ordered;
  }

  private interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String query, Reader reader) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) reader.read(rows);
    }
  }
}
