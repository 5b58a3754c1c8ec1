package dev.tenure.database;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a backup holds, as its `backup.json` tells: the rows of all tables at one moment, in the
/// order in which they can be put back, and files of the data directory.
///
/// `format` is that of the file, `tenure` the version that wrote it, `migrations` are those that
/// made its tables, `postgres` is the major version that they were in. `sequences` have the last
/// number that each gave.
public record Backup(
    int format,
    Instant madeAt,
    String tenure,
    List<Integer> migrations,
    int postgres,
    List<Table> tables,
    Map<String, Long> sequences,
    List<Kept> files) {
  /// The format that this build writes, and the newest that it reads.
  static final int FORMAT = 1;

  public Backup {
    migrations = List.copyOf(migrations);
    tables = List.copyOf(tables);
    sequences = Map.copyOf(sequences);
    files = List.copyOf(files);
  }

  /// The rows of a table: one line each, with the values of these columns as `COPY` writes them.
  public record Table(String name, List<String> columns, long rows, String sha256) {
    public Table {
      columns = List.copyOf(columns);
    }

    String entry() {
      return "tables/" + name;
    }
  }

  /// A file of the data directory, by its path there.
  public record Kept(String name, String sha256) {
    String entry() {
      return "files/" + name;
    }
  }

  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  /// How far it is: of about `total` rows, `done`.
  public interface Progress {
    void at(long total, long done);
  }

  /// A backup as a file. `sha256` is of the whole file.
  public record Written(Backup content, String file, long bytes, String sha256) {}

  /// What was put back. `replaced` tells where that is kept which was there before; empty where
  /// there was nothing.
  public record Restored(Backup content, String replaced) {}
}
