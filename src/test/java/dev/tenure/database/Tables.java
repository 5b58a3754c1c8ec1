package dev.tenure.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Fills whatever tables there are with awkward values, and tells what is in them.
final class Tables {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\\N",
          "\\.",
          "a\tb",
          "x\ny",
          "\r\n",
          "back\\slash",
          "é☃𝄞",
          "'\"{,}",
          "\u0001",
          "NULL",
          "null",
          "--",
          ";");

  private static final String COLUMNS =
      """
      select c.relname, a.attname, format_type(a.atttypid, null)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where n.nspname = current_schema() and c.relkind = 'r'
        and a.attgenerated = '' and a.attidentity = ''
        and c.relname <> 'flyway_schema_history'
        and not exists (select from pg_constraint k
          where k.conrelid = c.oid and k.contype in ('c', 'f'))
      order by c.relname, a.attnum\
      """;

  private record Column(String name, String type) {}

  private final RandomGenerator random;

  Tables(RandomGenerator random) {
    this.random = random;
  }

  /// Rows in each table that takes any: no foreign keys, no checks.
  void fill(Connection connection, int rows) throws SQLException {
    var tables = new TreeMap<String, List<Column>>();
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(COLUMNS)) {
      while (found.next()) {
        tables
            .computeIfAbsent(found.getString(1), _ -> new ArrayList<>())
            .add(new Column(found.getString(2), found.getString(3)));
      }
    }
    for (var table : tables.entrySet()) fill(connection, table.getKey(), table.getValue(), rows);
  }

  private void fill(Connection connection, String table, List<Column> columns, int rows)
      throws SQLException {
    var names = String.join(", ", columns.stream().map(c -> "\"" + c.name() + "\"").toList());
    var places = String.join(", ", columns.stream().map(c -> "?::" + c.type()).toList());
    var insert =
        "insert into \"%s\" (%s) values (%s) on conflict do nothing"
            .formatted(table, names, places);
    try (var statement = connection.prepareStatement(insert)) {
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < columns.size(); i++) {
          bind(connection, statement, i + 1, columns.get(i).type());
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void bind(
      Connection connection, java.sql.PreparedStatement statement, int at, String type)
      throws SQLException {
    if (type.endsWith("[]")) {
      var element = type.substring(0, type.length() - 2);
      var values = random.ints(random.nextInt(4)).mapToObj(_ -> value(element)).toArray();
      statement.setArray(at, connection.createArrayOf(element, values));
    } else {
      statement.setString(at, value(type));
    }
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(1_000_000);
  }

  private String value(String type) {
    return switch (type) {
      case "text" -> random.nextInt(3) == 0 ? text() : text() + text();
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "smallint" -> Integer.toString(random.nextInt(30_000));
      case "integer" -> Integer.toString(random.nextInt());
      case "bigint" -> Long.toString(random.nextLong());
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "numeric" -> random.nextInt(5) == 0 ? "NaN" : random.nextLong() + ".000100";
      case "double precision" -> Double.toString(random.nextDouble());
      case "date" -> random.nextInt(5) == 0 ? "infinity" : "2026-02-" + (1 + random.nextInt(28));
      case "timestamp with time zone" ->
          random.nextInt(5) == 0
              ? "-infinity"
              : "2026-03-29T01:30:00.12345%d+02".formatted(random.nextInt(10));
      case "interval" -> random.nextInt(1_000_000) + " seconds 3 months";
      case "bytea" -> "\\x00ff0a5c" + Integer.toHexString(0x1000_0000 | random.nextInt() >>> 4);
      case "jsonb" -> "{\"k\": [1.50, \"a\\tb\\\\n\\u2603\", null, " + random.nextInt() + "]}";
      default -> throw new IllegalArgumentException("no value for a column of " + type);
    };
  }

  /// Each table with how many rows it has, and a checksum of them.
  static Map<String, String> content(Connection connection) throws SQLException {
    var content = new TreeMap<String, String>();
    for (var table : Catalogue.of(connection).tables()) {
      var all =
          "select count(*), md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), ''))"
              + " from \""
              + table.name()
              + "\" t";
      try (var statement = connection.createStatement();
          var row = statement.executeQuery(all)) {
        row.next();
        content.put(table.name(), row.getLong(1) + " " + row.getString(2));
      }
    }
    return content;
  }
}
