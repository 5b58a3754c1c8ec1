package dev.tenure.database;

import dev.tenure.problem.Problem;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The embedded PostgreSQL at work: started, or adopted where a killed process left it running,
/// brought back on the same port when it dies, and stopped at the end.
final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration RESTART_PAUSE = Duration.ofSeconds(2);
  private static final Duration ORPHAN_READY = Duration.ofSeconds(60);

  private final Cluster cluster;
  private final PostgresProcess program;
  private final ReentrantLock turn = new ReentrantLock();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Postmaster postmaster;

  private EmbeddedPostgres(Cluster cluster, Map<String, String> settings) {
    this.cluster = cluster;
    this.program = new PostgresProcess(cluster, settings, this::isUnwanted);
  }

  /// For a data directory that this process owns, and that ends it before it is free for others,
  /// also while it starts. `settings` are PostgreSQL's, beyond the usual. Throws [Problem.Found] as
  /// [Cluster#open], or with `DATABASE_START`.
  static EmbeddedPostgres start(DataDirectory directory, Map<String, String> settings) {
    return start(directory, Cluster.open(directory.path()), settings);
  }

  static EmbeddedPostgres start(
      DataDirectory directory, Cluster cluster, Map<String, String> settings) {
    var postgres = new EmbeddedPostgres(cluster, settings);
    directory.houses(postgres);
    postgres.begin();
    return postgres;
  }

  int port() {
    return running().port();
  }

  Login login() {
    return Login.local(port(), cluster.password());
  }

  long pid() {
    return running().process().pid();
  }

  /// Stops it, or its start; the second time does nothing.
  @Override
  public void close() {
    closing.countDown();
    turn.lock();
    try {
      var now = postmaster;
      if (now != null && now.process().isAlive()) program.stop(now.process());
    } finally {
      turn.unlock();
    }
  }

  private void begin() {
    turn.lock();
    try {
      postmaster = adoptOrStart();
    } finally {
      turn.unlock();
    }
    Thread.ofVirtual().name("postgres-supervisor").start(this::supervise);
  }

  private Postmaster running() {
    return Objects.requireNonNull(postmaster, "started");
  }

  /// Nobody waits for it any more: it is closed already, or the command told to stop.
  private boolean isUnwanted() {
    return isClosing(Duration.ZERO) || Thread.currentThread().isInterrupted();
  }

  private Postmaster adoptOrStart() {
    var left = Postmaster.of(cluster.tables());
    if (left.isEmpty()) return program.start();
    var process = left.get().process();
    Await.until(ORPHAN_READY, () -> !process.isAlive() || isReady() || isUnwanted());
    if (left.get().runs(cluster.programs()) && answers(left.get().port())) {
      LOG.info("adopted the PostgreSQL that a killed process left running");
      return left.get();
    }
    program.stop(process);
    return program.start();
  }

  private boolean isReady() {
    return Postmaster.of(cluster.tables()).filter(Postmaster::ready).isPresent();
  }

  /// Whether this cluster is behind the port, and knows our password.
  private boolean answers(int port) {
    try {
      var tables = Login.local(port, cluster.password()).ask("show data_directory");
      return tables.equals(cluster.tables().toString());
    } catch (SQLException _) {
      return false;
    }
  }

  private void supervise() {
    while (!isClosing(Duration.ZERO)) {
      running().process().onExit().join();
      bringBack();
    }
  }

  private void bringBack() {
    turn.lock();
    try {
      if (isClosing(Duration.ZERO)) return;
      LOG.warn("PostgreSQL died and is started again");
      postmaster = program.start(running().port());
    } catch (Problem.Found | UncheckedIOException failure) {
      // The disk may be full, or the port taken for a moment: it is tried until it works.
      LOG.error("PostgreSQL does not come back yet", failure);
    } finally {
      turn.unlock();
    }
    if (!running().process().isAlive()) isClosing(RESTART_PAUSE);
  }

  private boolean isClosing(Duration wait) {
    try {
      return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
