package dev.tenure.database;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.nio.file.Path;
import java.util.Map;

/// What can be wrong with backups.
final class BackupProblems {
  private BackupProblems() {}

  static Problem damaged(Path file, String what) {
    return new Problem(
        Code.BACKUP_DAMAGED,
        "the backup is damaged: " + what,
        Map.of("file", file.toString()),
        "copy it again from where it is kept, or use an older one; nothing was changed");
  }

  static Problem misfit(Path file, Backup backup, String what) {
    return new Problem(
        Code.BACKUP_DAMAGED,
        "the backup does not fit the tables of its version: " + what,
        Map.of("file", file.toString(), "tenure", backup.tenure()),
        "restore it with the Tenure that wrote it, then upgrade; nothing was changed");
  }

  static Problem newer(Path file, String tenure) {
    return new Problem(
        Code.DATA_NEWER,
        "the backup was written by a newer Tenure",
        Map.of("file", file.toString(), "tenure", tenure),
        "restore it with that Tenure or a newer one; nothing was changed");
  }

  static Problem file(Path file, String what, String remedy) {
    return new Problem(Code.BACKUP_FILE, what, Map.of("file", file.toString()), remedy);
  }

  static Problem missing(String where) {
    return new Problem(
        Code.DATA_MISSING,
        "there is nothing of Tenure to back up",
        Map.of("where", where),
        "name the data directory by --data, or the configuration by --config");
  }

  static Problem present(String where) {
    return new Problem(
        Code.DATA_PRESENT,
        "there is something of Tenure already",
        Map.of("where", where),
        "add --replace: what is there now is kept beside what is restored");
  }

  static Problem inUse(String where, long nodes) {
    return new Problem(
        Code.DATA_IN_USE,
        "servers run on this database",
        Map.of("where", where, "nodes", Long.toString(nodes)),
        "stop them all, and wait for 15 seconds if one was killed");
  }
}
