package dev.tenure.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL of this machine's distribution, which is of another major version than ours, with a
/// cluster of its own on a free port.
public final class OtherPostgres implements AutoCloseable {
  public static final String USER = "postgres";
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path folder;
  private final int port;

  private OtherPostgres(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  public static OtherPostgres start() {
    try (var versions = Files.list(INSTALLED)) {
      var programs =
          versions
              .map(v -> v.resolve("bin"))
              .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
              .findFirst()
              .orElseThrow();
      var folder = Files.createTempDirectory("postgres");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      if (Product.isRoot()) Files.setAttribute(folder, "unix:uid", 65534);
      var postgres = new OtherPostgres(programs, folder, Product.freePort());
      postgres.run("initdb", "-D", postgres.cluster(), "-U", USER, "-A", "trust", "-E", "UTF8");
      var settings =
          "-p " + postgres.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''";
      postgres.run(
          "pg_ctl",
          "start",
          "-w",
          "-D",
          postgres.cluster(),
          "-l",
          folder.resolve("log").toString(),
          "-o",
          settings);
      return postgres;
    } catch (IOException e) {
      throw new IllegalStateException("install postgresql: see .ci/run", e);
    }
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  private String cluster() {
    return folder.resolve("cluster").toString();
  }

  private void run(String program, String... arguments) {
    var line = new ArrayList<String>();
    if (Product.isRoot()) {
      line.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    line.add(programs.resolve(program).toString());
    line.addAll(List.of(arguments));
    var said = folder.resolve("said").toFile();
    try {
      var builder = new ProcessBuilder(line).directory(folder.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      var process = builder.redirectErrorStream(true).redirectOutput(said).start();
      if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) return;
      throw new IllegalStateException(program + ": " + Files.readString(said.toPath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    run("pg_ctl", "stop", "-w", "-D", cluster(), "-m", "fast");
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
