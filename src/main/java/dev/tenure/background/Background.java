package dev.tenure.background;

import dev.tenure.id.Correlation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Threads of one part, in its name, until it is closed. Safe for use by many threads at once.
public final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration STOP = Duration.ofSeconds(1);

  private final Correlation name;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  /// `part` is the actor of what is done.
  public Background(String part) {
    this.name = new Correlation(part, "-");
  }

  /// Does this once.
  public void start(String thread, Runnable work) {
    var started =
        Thread.ofVirtual()
            .name(thread)
            .unstarted(() -> {
              try {
                name.run(work);
              } finally {
                threads.remove(Thread.currentThread());
              }
            });
    threads.add(started);
    started.start();
  }

  /// Does this after `first`, and then again and again with this pause in between, whether it
  /// failed or not.
  public void repeat(String thread, Duration first, Duration pause, Runnable work) {
    start(
        thread,
        () -> {
          for (var next = first; !closes(next); next = pause) tried(thread, work);
        });
  }

  private void tried(String thread, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (!isClosing()) LOG.warn("{}: failed, and is tried again", thread, e);
    }
  }

  private boolean closes(Duration time) {
    try {
      return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true;
    }
  }

  /// Nothing new should begin.
  public boolean isClosing() {
    return closing.getCount() == 0;
  }

  /// Ends within five seconds: what is under way gets a while, then it is interrupted.
  @Override
  public void close() {
    closing.countDown();
    try {
      if (hasEnded(GRACE)) return;
      threads.forEach(Thread::interrupt);
      if (!hasEnded(STOP)) LOG.warn("did not stop in time: {}", threads);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEnded(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    for (var thread : threads) {
      var left = Duration.ofNanos(end - System.nanoTime());
      if (left.isPositive()) thread.join(left);
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }
}
