package dev.tenure.database;

import dev.tenure.database.Backup.Restored;
import dev.tenure.database.Catalogue.Table;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Puts a backup back into an external PostgreSQL: into a schema of its own first, whose tables
/// then take the place of those that are there, all in one transaction.
record ExternalRestore(RestorePlace place, Login login) {
  private static final String RESTORING = "tenure_restoring";

  private static final String RELATIONS =
      """
      select c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ? and c.relkind in ('r', 'v')\
      """;

  private static final String NODES =
      """
      select count(*) from node
      where seen > statement_timestamp() - interval '15 seconds'\
      """;

  /// Something that moves from one schema to another, with its indexes and sequences.
  private record Relation(String name, boolean isView) {
    String moved(String to) {
      var kind = isView ? "view " : "table ";
      return "alter " + kind + Table.quoted(name) + " set schema " + Table.quoted(to);
    }
  }

  Restored restore(BackupFile backup, Filling filling)
      throws IOException, SQLException, InterruptedException {
    try (var connection = login.connect()) {
      var live = first(connection, "select current_schema()");
      refuse(connection, live);
      run(connection, "drop schema if exists " + RESTORING + " cascade");
      run(connection, "create schema " + RESTORING);
      try {
        filling.fill(login.withSchema(RESTORING));
        place.putFiles(backup);
        return new Restored(backup.content(), swap(connection, live));
      } finally {
        run(connection, "drop schema if exists " + RESTORING + " cascade");
      }
    }
  }

  private void refuse(Connection connection, String live) throws SQLException {
    if (relations(connection, live).isEmpty()) return;
    if (!place.replace()) throw BackupProblems.present(login.shown()).found();
    refuseNodes(connection);
  }

  /// Gives the schema of what was there before; empty where there was nothing.
  private String swap(Connection connection, String live) throws SQLException {
    var replaced = "tenure_replaced_" + RestorePlace.compact(place.now()).toLowerCase(Locale.ROOT);
    connection.setAutoCommit(false);
    try {
      var old = relations(connection, live);
      if (!old.isEmpty()) {
        run(connection, "create schema " + replaced);
        // A server may have come while the schema was filled; from now on the tables are locked.
        move(connection, live, old, replaced);
        run(connection, "set local search_path to " + replaced);
        refuseNodes(connection);
      }
      move(connection, RESTORING, relations(connection, RESTORING), live);
      connection.commit();
      return old.isEmpty() ? "" : "schema " + replaced;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void move(Connection connection, String from, List<Relation> all, String to)
      throws SQLException {
    run(connection, "set local search_path to " + Table.quoted(from));
    for (var relation : all) run(connection, relation.moved(to));
  }

  private void refuseNodes(Connection connection) throws SQLException {
    if (first(connection, "select to_regclass('node') is not null").equals("f")) return;
    var nodes = Long.parseLong(first(connection, NODES));
    if (nodes > 0) throw BackupProblems.inUse(login.shown(), nodes).found();
  }

  private static List<Relation> relations(Connection connection, String schema)
      throws SQLException {
    try (var statement = connection.prepareStatement(RELATIONS)) {
      statement.setString(1, schema);
      var relations = new ArrayList<Relation>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          relations.add(new Relation(rows.getString(1), rows.getString(2).equals("v")));
        }
      }
      return relations;
    }
  }

  private static String first(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
