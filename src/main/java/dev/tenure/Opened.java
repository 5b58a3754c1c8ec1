package dev.tenure;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a process has open. It is closed from the newest to the oldest, also when the process is
/// told to stop (SIGINT, SIGTERM): PostgreSQL is a process of its own, and would live on.
final class Opened implements AutoCloseable {
  /// So long a command gets to give back what it has begun.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
  private final Thread hook = new Thread(this::stop, "stop");
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile @Nullable Thread worker;

  private Opened() {}

  /// For the calling thread, which opens parts, works with them, and closes them: told to stop, it
  /// is interrupted, and gets some time to do so.
  static Opened watched() {
    var opened = new Opened();
    opened.worker = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(opened.hook);
    return opened;
  }

  /// Adds a part, and gives it back. What comes after the closing began is closed at once, and
  /// [IllegalStateException] thrown.
  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    if (begun.getCount() == 0) {
      close();
      throw new IllegalStateException("closed meanwhile");
    }
    return part;
  }

  /// From now on nobody works here, but waits for the end.
  void leave() {
    worker = null;
  }

  private void stop() {
    var thread = worker;
    try {
      if (thread != null) {
        thread.interrupt();
        begun.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /// Whoever comes second waits until the first is done, and does nothing. The first failure is
  /// thrown when all parts have had their turn.
  @Override
  public void close() {
    begun.countDown();
    // An interrupt is what brought us here: the closing itself takes the time that it needs.
    var interrupted = Thread.interrupted();
    try {
      closeAll();
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private synchronized void closeAll() {
    forgetHook();
    RuntimeException first = null;
    for (var part = parts.poll(); part != null; part = parts.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        if (first == null) first = new IllegalStateException("closing failed", e);
      }
    }
    if (first != null) throw first;
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already.
    }
  }
}
