package dev.tenure.licence;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down how all pools are, in the background, every ten minutes: the last time of a day
/// counts. Any number of nodes may do so.
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  /// The flows had their first turn by then.
  private static final Duration FIRST = Duration.ofMinutes(1);

  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration STOP = Duration.ofSeconds(4);

  private final Ledgers ledgers;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private Recorder(Ledgers ledgers) {
    this.ledgers = ledgers;
    this.thread = Thread.ofVirtual().name("licences").unstarted(this::run);
  }

  /// Begins, until it is closed.
  public static Recorder start(Ledgers ledgers) {
    var recorder = new Recorder(ledgers);
    recorder.thread.start();
    return recorder;
  }

  private void run() {
    for (var pause = FIRST; !closes(pause); pause = EVERY) record();
  }

  private void record() {
    try {
      ledgers.record();
    } catch (RuntimeException e) {
      LOG.warn("the use of licences could not be written down, and is tried again", e);
    }
  }

  private boolean closes(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(STOP)) LOG.warn("the recorder of licences did not stop in time");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
