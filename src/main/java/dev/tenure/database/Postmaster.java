package dev.tenure.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A live PostgreSQL of one cluster, as its `postmaster.pid` tells: 1 pid, 4 port, 8 status.
record Postmaster(ProcessHandle process, int port, boolean ready) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /// Empty where the file is missing, half written, or left behind by a process that is gone.
  static Optional<Postmaster> of(Path tables) {
    var lines = lines(tables.resolve("postmaster.pid"));
    if (lines.size() <= PORT_LINE) return Optional.empty();
    var ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    try {
      var port = Integer.parseInt(lines.get(PORT_LINE).strip());
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(process -> isPostgresOf(process, tables))
          .map(process -> new Postmaster(process, port, ready));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Whether these very programs run it: after an update they do not, and it must be restarted.
  boolean runs(Path programs) {
    return process
        .info()
        .command()
        .filter(command -> Path.of(command).startsWith(programs))
        .isPresent();
  }

  // The pid of a process that is gone may be another's by now.
  private static boolean isPostgresOf(ProcessHandle process, Path tables) {
    var line = process.info().arguments();
    return process.isAlive()
        && process.info().command().filter(name -> name.endsWith("/postgres")).isPresent()
        && line.map(words -> List.of(words).contains(tables.toString())).orElse(true);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
