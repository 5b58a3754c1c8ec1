package dev.tenure.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/// Puts the rows of a backup into an empty schema: makes the tables as they were when it was
/// written, fills them in one transaction, then brings them to this build's state.
final class Filling {
  private static final int BUFFER = 1 << 16;

  private final BackupFile file;
  private final Backup backup;
  private final Backup.Progress progress;
  private long done;

  Filling(BackupFile file, Backup.Progress progress) {
    this.file = file;
    this.backup = file.content();
    this.progress = progress;
  }

  /// Throws [dev.tenure.problem.Problem.Found] with `BACKUP_DAMAGED` where tables do not fit.
  void fill(Login login) throws IOException, SQLException, InterruptedException {
    try (var pool = Pool.open(login, 2)) {
      var jdbi = Jdbi.create(pool);
      Migrations.run(pool, backup.migrations().stream().mapToInt(v -> v).max().orElse(0));
      if (!Migrations.done(jdbi).equals(Set.copyOf(backup.migrations()))) {
        throw BackupProblems.misfit(file.file(), backup, "its migrations are others").found();
      }
      copy(pool);
      Migrations.run(jdbi, pool);
      jdbi.useHandle(handle -> handle.execute("analyze"));
    }
  }

  private void copy(HikariDataSource pool) throws IOException, SQLException, InterruptedException {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("set local statement_timeout = 0; set local datestyle = iso");
      }
      compare(Catalogue.of(connection));
      for (var table : backup.tables()) copy(connection, table);
      advance(connection);
      connection.commit();
    }
  }

  /// What stands in the file goes into a statement only where the database has the same.
  private void compare(Catalogue catalogue) {
    var there =
        catalogue.tables().stream()
            .collect(Collectors.toMap(Catalogue.Table::name, Catalogue.Table::columns));
    var here =
        backup.tables().stream()
            .collect(Collectors.toMap(Backup.Table::name, Backup.Table::columns));
    var differing = new TreeSet<>(there.keySet());
    differing.addAll(here.keySet());
    differing.removeIf(name -> {
      var columnsThere = there.get(name);
      var columnsHere = here.get(name);
      return columnsThere != null
          && columnsHere != null
          && Set.copyOf(columnsThere).equals(Set.copyOf(columnsHere));
    });
    if (differing.isEmpty()) return;
    throw BackupProblems.misfit(file.file(), backup, "table " + differing.first()).found();
  }

  private void copy(Connection connection, Backup.Table table)
      throws IOException, SQLException, InterruptedException {
    var listed = new Catalogue.Table(table.name(), table.columns(), 0).listed();
    var copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + listed + " from stdin");
    try (var rows = file.rows(table)) {
      var buffer = new byte[BUFFER];
      for (var read = rows.read(buffer); read >= 0; read = rows.read(buffer)) {
        copy.writeToCopy(buffer, 0, read);
        done += lines(buffer, read);
        progress.at(backup.rows(), done);
        if (Thread.interrupted()) throw new InterruptedException();
      }
      var rowsIn = copy.endCopy();
      if (rowsIn != table.rows()) {
        throw BackupProblems.damaged(file.file(), table.name() + " has other rows").found();
      }
    } finally {
      if (copy.isActive()) copy.cancelCopy();
    }
  }

  /// A line break in a value is written as `\n`, so each that is met ends a row.
  private static long lines(byte[] buffer, int length) {
    long lines = 0;
    for (int i = 0; i < length; i++) if (buffer[i] == '\n') lines++;
    return lines;
  }

  private void advance(Connection connection) throws SQLException {
    var advance = "select setval(format('%I', ?)::regclass, ?, true)";
    try (var statement = connection.prepareStatement(advance)) {
      for (var sequence : backup.sequences().entrySet()) {
        statement.setString(1, sequence.getKey());
        statement.setLong(2, sequence.getValue());
        statement.execute();
      }
    }
  }
}
