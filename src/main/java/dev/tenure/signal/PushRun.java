package dev.tenure.signal;

import dev.tenure.remote.Backoff;
import dev.tenure.signal.EventStream.Delivery.Push;
import dev.tenure.signal.Queue.Lease;
import dev.tenure.signal.Queue.Leased;
import dev.tenure.signal.Queue.Outcome;
import dev.tenure.signal.Queue.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One batch of pushes to one receiver: subjects beside each other, the events of one change of a
/// subject one after the other. A subject whose event fails waits; where the receiver takes
/// nothing, all do.
final class PushRun {
  private static final Logger LOG = LoggerFactory.getLogger(PushRun.class);
  private static final int TOGETHER_MAX = 8;

  /// So many failures and not one success: it is the receiver, not the event.
  private static final int FAILURES_MAX = 4;

  /// No push begins later than this in a batch; with the longest push it stays below the lease.
  private static final Duration BATCH = Duration.ofSeconds(5);

  private final World world;
  private final Leased leased;
  private final Instant end;
  private final BooleanSupplier stopping;
  private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<Receipt.@Nullable Failed> whole = new AtomicReference<>();
  private final Semaphore places = new Semaphore(TOGETHER_MAX);

  /// What a run works with.
  record World(Outlet outlet, Tokens tokens, Clock clock, Backoff backoff) {}

  /// Once `stopping` holds no push begins.
  PushRun(World world, Leased leased, Lease lease, BooleanSupplier stopping) {
    this.world = world;
    this.leased = leased;
    this.end = lease.now().plus(BATCH);
    this.stopping = stopping;
  }

  /// Pushes; gives what came of it, also where this thread is interrupted meanwhile.
  Settlement of(List<Signal> signals) {
    var subjects = new LinkedHashMap<String, List<Signal>>();
    signals.forEach(s -> subjects.computeIfAbsent(s.subject(), _ -> new ArrayList<>()).add(s));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var subject : subjects.values()) running.add(threads.submit(() -> inOrder(subject)));
      try {
        for (var task : running) task.get();
      } catch (InterruptedException _) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return settlement();
  }

  private void inOrder(List<Signal> subject) {
    places.acquireUninterruptibly();
    try {
      for (var signal : subject) {
        if (isOver() || !push(signal)) return;
      }
    } finally {
      places.release();
    }
  }

  private boolean isOver() {
    return whole.get() != null
        || stopping.getAsBoolean()
        || Thread.currentThread().isInterrupted()
        || !world.clock().instant().isBefore(end);
  }

  /// False where the next event of the subject must wait.
  private boolean push(Signal signal) {
    var token = world.tokens().token(leased.stream(), signal);
    var receipt = world.outlet().push((Push) leased.stream().delivery(), token);
    switch (receipt) {
      case Receipt.Accepted _ -> {
        accepted.incrementAndGet();
        outcomes.add(new Outcome.Accepted(signal));
      }
      case Receipt.Refused(var err, var description) -> {
        accepted.incrementAndGet();
        outcomes.add(new Outcome.Refused(signal, err, description));
      }
      case Receipt.Failed failure -> fail(signal, failure);
    }
    return !(receipt instanceof Receipt.Failed);
  }

  private void fail(Signal signal, Receipt.Failed failure) {
    if (Thread.currentThread().isInterrupted()) return;
    if (failure.whole()) {
      whole.compareAndSet(null, failure);
      return;
    }
    LOG.warn("stream {}: a push failed: {}", leased.stream().key(), failure.why());
    var next = world.backoff().nextTry(signal.attempts() + 1, failure.retryAfter());
    outcomes.add(new Outcome.Failed(signal, next));
    if (failed.incrementAndGet() >= FAILURES_MAX && accepted.get() == 0) {
      whole.compareAndSet(null, failure);
    }
  }

  private Settlement settlement() {
    var all = List.copyOf(outcomes);
    var failure = whole.get();
    if (failure == null) return new Settlement(all, 0, Optional.empty());
    var failures = (accepted.get() > 0 ? 0 : leased.failures()) + 1;
    LOG.warn(
        "stream {}: the receiver takes nothing, {} times in a row: {}",
        leased.stream().key(),
        failures,
        failure.why());
    var next = world.backoff().nextTry(failures, failure.retryAfter());
    return new Settlement(all, failures, Optional.of(next));
  }
}
