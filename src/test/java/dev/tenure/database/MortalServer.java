package dev.tenure.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;

/// A PostgreSQL of a test's own, durable (with fsync), that may be killed and comes back after some
/// two seconds on the same port.
public final class MortalServer implements AutoCloseable {
  private final Path folder;
  private final DataDirectory directory;
  private final EmbeddedPostgres postgres;

  private MortalServer(Path folder) {
    this.folder = folder;
    this.directory = DataDirectory.own(folder.resolve("data"), "tests", Clock.systemUTC());
    this.postgres = EmbeddedPostgres.start(directory, Map.of());
  }

  public static MortalServer start() {
    try {
      var folder = Files.createTempDirectory("mortal");
      // PostgreSQL's own user must pass through.
      return new MortalServer(
          Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its empty database.
  public TestServer.Address address() {
    var login = postgres.login();
    return new TestServer.Address(login.url(), login.user(), login.password().reveal(), () -> {});
  }

  /// SIGKILL to the main process: nothing that was not on the disk is there afterwards.
  public void kill() {
    ProcessHandle.of(postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    postgres.close();
    directory.close();
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
