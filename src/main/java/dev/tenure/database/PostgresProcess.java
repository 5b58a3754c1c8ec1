package dev.tenure.database;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Starts and stops the `postgres` of a cluster.
final class PostgresProcess {
  // Redo after a crash reads up to max_wal_size: measured 24 s for four times as much.
  private static final Duration START_LONGEST = Duration.ofMinutes(2);
  // Children of a killed postmaster end when they see it, at their next step.
  private static final Duration LEFTOVERS_LONGEST = Duration.ofSeconds(30);
  private static final Duration STOP_LONGEST = Duration.ofSeconds(20);
  private static final int PORTS_TRIED = 5;
  private static final int LINES_SHOWN = 5;

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("max_connections", "100"),
          Map.entry("shared_buffers", "128MB"),
          Map.entry("max_wal_size", "1GB"),
          Map.entry("wal_compression", "pglz"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          // One file for each day of the week, written over after a week.
          Map.entry("logging_collector", "on"),
          Map.entry("log_filename", "postgres-%a.log"),
          Map.entry("log_rotation_age", "1d"),
          Map.entry("log_rotation_size", "0"),
          Map.entry("log_truncate_on_rotation", "on"));

  private final Cluster cluster;
  private final Map<String, String> settings;
  private final BooleanSupplier unwanted;

  /// `more` settings win over the usual ones. A start ends where it is `unwanted`.
  PostgresProcess(Cluster cluster, Map<String, String> more, BooleanSupplier unwanted) {
    this.cluster = cluster;
    this.unwanted = unwanted;
    this.settings = new TreeMap<>(SETTINGS);
    settings.put("log_directory", cluster.log().toString());
    settings.putAll(more);
  }

  /// Starts on some free port.
  Postmaster start() {
    for (var tried = 1; tried < PORTS_TRIED; tried++) {
      try {
        return start(freePort());
      } catch (Problem.Found failure) {
        // Somebody took it between our look and our start: the next one.
        if (!String.valueOf(failure.getMessage()).contains("could not bind")) throw failure;
      }
    }
    return start(freePort());
  }

  /// Starts on this port, and returns when connections are taken. Waits for what is left of a
  /// killed predecessor. Throws [Problem.Found] with `DISK_FULL` or `DATABASE_START`.
  Postmaster start(int port) {
    var deadline = System.nanoTime() + LEFTOVERS_LONGEST.toNanos();
    while (true) {
      var process = launch(port);
      var ended = Await.until(START_LONGEST, () -> isOver(process) || isReady(process));
      if (unwanted.getAsBoolean()) throw givenUp(process);
      if (process.isAlive() && ended && isReady(process)) {
        return Postmaster.of(cluster.tables()).orElseThrow();
      }
      var said = said();
      var again = hasLeftovers(said) && System.nanoTime() - deadline < 0;
      if (!again) throw failed(said);
    }
  }

  /// Stops it, rolling back what is open; returns when it is gone.
  void stop(ProcessHandle process) {
    signal("fast");
    if (isGone(process)) return;
    signal("immediate");
    if (!isGone(process)) throw failed("it does not stop");
  }

  private boolean isOver(ProcessHandle process) {
    return !process.isAlive() || unwanted.getAsBoolean();
  }

  /// SIGTERM alone would let it first do again what a crash has left; without a pid file it is all
  /// there is.
  private Problem.Found givenUp(ProcessHandle process) {
    signal("fast");
    process.destroy();
    if (!isGone(process)) process.destroyForcibly();
    return failed("it was stopped while it started");
  }

  private static boolean isGone(ProcessHandle process) {
    return Await.until(STOP_LONGEST, () -> !process.isAlive());
  }

  private boolean isReady(ProcessHandle process) {
    return Postmaster.of(cluster.tables())
        .filter(it -> it.process().equals(process) && it.ready())
        .isPresent();
  }

  private ProcessHandle launch(int port) {
    var line = new ArrayList<String>();
    // Away from our terminal: its Ctrl-C ends Tenure first, which then ends PostgreSQL.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) line.add("/usr/bin/setsid");
    line.addAll(
        cluster.line("postgres", "-D", cluster.tables().toString(), "-p", Integer.toString(port)));
    settings.forEach((name, value) -> line.addAll(List.of("-c", name + "=" + value)));
    var builder = cluster.plain(new ProcessBuilder(line));
    builder.redirectErrorStream(true).redirectOutput(startLog().toFile());
    try {
      return builder.start().toHandle();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String mode) {
    var tables = cluster.tables().toString();
    try {
      cluster.run(cluster.line("pg_ctl", "stop", "-W", "-D", tables, "-m", mode));
    } catch (IOException _) {
      // It has gone by itself, or will not: the caller looks.
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path startLog() {
    return cluster.log().resolve("postgres-start.log");
  }

  /// What the last start said: before its own log was open, and then in the newest log.
  private String said() {
    try (var files = Files.list(cluster.log())) {
      var newest =
          files
              .filter(file -> !file.equals(startLog()))
              .filter(file -> file.getFileName().toString().startsWith("postgres-"))
              .max(Comparator.comparing(PostgresProcess::changedAt));
      var lines = new ArrayList<>(newest.isPresent() ? last(newest.get()) : List.<String>of());
      lines.addAll(last(startLog()));
      return String.join(" | ", lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> last(Path file) throws IOException {
    var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    var lines = text.lines().toList();
    return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
  }

  private static FileTime changedAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasLeftovers(String said) {
    return said.contains("lock file \"postmaster.pid\" already exists")
        || said.contains("pre-existing shared memory block");
  }

  private Problem.Found failed(String said) {
    var details = Map.of("data", cluster.root().toString(), "log", cluster.log().toString());
    if (DatabaseProblems.tellsDiskFull(said)) return DatabaseProblems.diskFull(details).found();
    var problem =
        new Problem(
            Code.DATABASE_START,
            "PostgreSQL does not start: " + said,
            details,
            "see its log; a damaged database is brought back from a backup");
    return problem.found();
  }
}
