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
  private static final Duration STEP = Duration.ofSeconds(1);
  private final Map<Thread, Long> until = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-patience").factory());

  Patience() {
    looker.scheduleWithFixedDelay(
        this::look, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// From now on this thread may wait so long for its client.
  void begin(Duration time) {
    until.put(Thread.currentThread(), System.nanoTime() + time.toNanos());
  }

  /// This thread does not wait for its client any more.
  void end() {
    until.remove(Thread.currentThread());
  }

  private void look() {
    var now = System.nanoTime();
    until.forEach((thread, end) -> {
      if (now - end > 0 && until.remove(thread, end)) thread.interrupt();
    });
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
