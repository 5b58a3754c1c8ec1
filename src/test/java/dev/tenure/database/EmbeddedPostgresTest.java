package dev.tenure.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever gives the data directory back leaves no PostgreSQL in it, wherever its start was.
class EmbeddedPostgresTest {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int ROUNDS = 8;

  private Path folder;

  @BeforeEach
  void initialize() throws IOException {
    // PostgreSQL's own user must pass through.
    var made = Files.createTempDirectory("embedded");
    folder = Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
    opening(_ -> {});
  }

  @AfterEach
  void delete() {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anInterruptAtAnyMomentOfTheOpeningLeavesNothing() {
    var whole = opening(_ -> {});
    for (var round = 0; round < ROUNDS; round++) {
      var after = whole.toNanos() * round / ROUNDS;
      opening(worker -> {
        LockSupport.parkNanos(after);
        worker.interrupt();
      });
    }
  }

  @Test
  void anInterruptWhenItHasJustBecomeReadyLeavesNothing() {
    for (var round = 0; round < ROUNDS; round++) {
      opening(worker -> {
        Await.until(LONGEST, () -> Postmaster.of(tables()).filter(Postmaster::ready).isPresent());
        worker.interrupt();
      });
    }
  }

  @Test
  void aClosingBesideTheStartEndsItToo() throws InterruptedException {
    var directory = own();
    var worker = Thread.ofVirtual().start(() -> open(directory));
    assertThat(Await.until(LONGEST, () -> Postmaster.of(tables()).isPresent())).isTrue();
    directory.close();
    assertThat(Postmaster.of(tables())).isEmpty();
    assertThat(worker.join(LONGEST)).isTrue();
  }

  /// Opens the database in a thread that is told to stop, and closes in that thread; gives how long
  /// the opening took.
  private Duration opening(Consumer<Thread> disturb) {
    var took = new Duration[] {Duration.ZERO};
    var worker =
        Thread.ofPlatform()
            .start(() -> {
              var begin = System.nanoTime();
              try (var directory = own()) {
                open(directory);
                took[0] = Duration.ofNanos(System.nanoTime() - begin);
              }
            });
    disturb.accept(worker);
    try {
      assertThat(worker.join(LONGEST)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(Postmaster.of(tables())).isEmpty();
    return took[0];
  }

  private DataDirectory own() {
    return DataDirectory.own(folder.resolve("data"), "tests", Clock.systemUTC());
  }

  private static void open(DataDirectory directory) {
    try {
      Database.open(DatabaseConfig.embedded(), directory, 2).close();
    } catch (RuntimeException _) {
      // Told to stop, an opening fails in as many ways as it has steps: what it leaves counts.
    }
  }

  private Path tables() {
    return Cluster.tables(folder.resolve("data"));
  }
}
