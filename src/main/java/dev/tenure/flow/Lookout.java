package dev.tenure.flow;

import dev.tenure.source.Feed;
import dev.tenure.source.Feed.Cursor;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits beside a flow that sends until its source may have changed. Safe for use by many threads.
final class Lookout implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

  /// Whatever became of the waiting, then the source is asked.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Feed feed;
  private Optional<Thread> waiting = Optional.empty();

  /// `feed`: nobody else uses it.
  Lookout(Feed feed) {
    this.feed = feed;
  }

  /// Waits for a change since that place from now on, where it does not wait already.
  synchronized void begin(Cursor cursor) {
    if (waiting.isPresent()) return;
    waiting = Optional.of(Thread.ofVirtual().name("lookout").start(() -> await(cursor)));
  }

  private void await(Cursor cursor) {
    try {
      feed.await(cursor, LONGEST);
    } catch (InterruptedException _) {
      // nobody wants to know any more
    } catch (RuntimeException e) {
      LOG.debug("the source cannot be watched, and is asked", e);
    }
  }

  synchronized boolean hasBegun() {
    return waiting.isPresent();
  }

  /// Whether there may be a change since the place where it began.
  synchronized boolean hasEnded() {
    return waiting.filter(thread -> !thread.isAlive()).isPresent();
  }

  /// Waits no longer; may begin again.
  @Override
  public synchronized void close() {
    waiting.ifPresent(Thread::interrupt);
    waiting = Optional.empty();
  }
}
