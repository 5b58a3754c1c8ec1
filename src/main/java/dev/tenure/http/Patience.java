package dev.tenure.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Ends the connections of clients that are too slow. Each connection has a virtual thread of its
/// own; interrupting one that waits for its client closes the socket.
final class Patience implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(250);
  private final Map<Thread, Wait> waits = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-patience").factory());

  /// `last` is done before the connection ends.
  private record Wait(long until, Runnable last) {}

  Patience() {
    var _ =
        looker.scheduleWithFixedDelay(
            this::look, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// From now on this thread may wait so long for its client.
  void begin(Duration time) {
    begin(time, () -> {});
  }

  /// The same; `last` is done, by another thread, before the connection ends.
  void begin(Duration time, Runnable last) {
    waits.put(Thread.currentThread(), new Wait(System.nanoTime() + time.toNanos(), last));
  }

  /// This thread does not wait for its client any more. False where it had waited too long: its
  /// connection is ended.
  boolean end() {
    return waits.remove(Thread.currentThread()) != null;
  }

  private void look() {
    var now = System.nanoTime();
    waits.forEach((thread, wait) -> {
      if (now - wait.until() > 0 && waits.remove(thread, wait)) cutOff(thread, wait);
    });
  }

  private static void cutOff(Thread thread, Wait wait) {
    try {
      wait.last().run();
    } catch (RuntimeException _) {
      // The client has gone already.
    } finally {
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
