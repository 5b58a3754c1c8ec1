package dev.tenure.audit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals the rows of all logs, in the background, well within a second. Any number of nodes may do
/// so at once: a log is sealed by one of them at a time. What a crash left unsealed is sealed
/// first.
public final class Sealer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(4);

  private final AuditChain chain;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private Sealer(AuditChain chain) {
    this.chain = chain;
    this.thread = Thread.ofVirtual().name("sealer").unstarted(this::run);
  }

  public static Sealer start(AuditChain chain) {
    var sealer = new Sealer(chain);
    sealer.thread.start();
    return sealer;
  }

  /// Seals what is there, and ends.
  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(STOP)) LOG.warn("the sealer did not stop in time; the next start goes on");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var pause = Duration.ZERO;
    while (!closes(pause)) pause = pass() ? PAUSE : PAUSE_AFTER_FAILURE;
    pass();
  }

  private boolean pass() {
    try {
      chain.prepare();
      chain.sealWaiting();
      return true;
    } catch (RuntimeException e) {
      // Nothing is lost: the rows wait.
      LOG.warn("the audit log could not be sealed, and is tried again", e);
      return false;
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
}
