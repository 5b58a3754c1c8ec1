package dev.tenure.signal;

import dev.tenure.id.Correlation;
import dev.tenure.remote.Backoff;
import dev.tenure.signal.Queue.Lease;
import dev.tenure.signal.Queue.Leased;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes what waits to the receivers that want it so, in the background. Any number of nodes do
/// so: each stream is one node's at a time, by a lease that others take over when it has run out. A
/// token is sent again until the receiver has answered, so it may come twice.
public final class Pusher implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(20);
  private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);
  private static final Duration TICK = Duration.ofMillis(400);
  private static final Duration TENDING = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration STOP = Duration.ofSeconds(1);
  private static final int STREAMS_MAX = 16;

  private final Queue queue;
  private final PushRun.World world;
  private final Tending tending;
  private final String owner = UUID.randomUUID().toString();
  private final Semaphore places = new Semaphore(STREAMS_MAX);
  private final Set<StreamKey> running = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  /// `random` spreads what is tried again.
  public Pusher(Post post, Clock clock, RandomGenerator random) {
    this.queue = post.queue();
    this.world =
        new PushRun.World(
            post.outlet(), new Tokens(post.keys()), clock, new Backoff(clock, random));
    this.tending = new Tending(post, clock);
  }

  /// Where events wait, where they go and what signs them.
  public record Post(Queue queue, Streams streams, Outlet outlet, SigningKeys keys) {}

  /// Begins.
  public void start() {
    start("signals", this::loop);
    start("signals-tending", this::tend);
  }

  private void start(String name, Runnable work) {
    var correlation = new Correlation("signals", "-");
    var thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(() -> {
              try {
                correlation.run(work);
              } finally {
                threads.remove(Thread.currentThread());
              }
            });
    threads.add(thread);
    thread.start();
  }

  private void loop() {
    while (pause(TICK)) {
      try {
        for (var stream : queue.due(world.clock().instant())) begin(stream);
      } catch (RuntimeException e) {
        LOG.warn("what is to be pushed could not be read; it is tried again", e);
      }
    }
  }

  private void begin(StreamKey stream) {
    if (!running.add(stream)) return;
    if (!places.tryAcquire()) {
      running.remove(stream);
      return;
    }
    start(
        "signals-" + stream.organization(),
        () -> {
          try {
            push(stream);
          } catch (RuntimeException e) {
            LOG.warn("stream {}: pushing ended early; it is tried again", stream, e);
          } finally {
            running.remove(stream);
            places.release();
          }
        });
  }

  private void tend() {
    do {
      try {
        tending.all();
      } catch (RuntimeException e) {
        LOG.warn("the streams could not be tended; it is tried again", e);
      }
    } while (pause(TENDING));
  }

  private boolean pause(Duration time) {
    try {
      return !closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return false;
    }
  }

  /// Pushes to all streams, one after the other, until nothing can be pushed now: what the
  /// background does, at once.
  void once() {
    for (var stream : queue.due(world.clock().instant())) push(stream);
  }

  /// Pushes until nothing waits or the receiver fails, where the stream is nobody else's.
  private void push(StreamKey stream) {
    var leased = queue.lease(stream, lease());
    if (leased.isEmpty()) return;
    var going = leased.get();
    while (!isClosing()) {
      var lease = lease();
      var window = queue.first(stream, lease.now());
      if (window.signals().isEmpty()) break;
      var next = batch(going, lease, window);
      if (next.failures() > 0) break;
      going = next;
    }
    queue.release(stream, owner);
  }

  private Leased batch(Leased leased, Lease lease, Queue.Window window) {
    var settlement = new PushRun(world, leased, lease, this::isClosing).of(window.oneChangeEach());
    // Only close() interrupts, and the database is not to be asked by an interrupted thread: what
    // was accepted is noted, then the loop ends.
    if (Thread.interrupted()) LOG.info("stream {}: a push was cut short", leased.stream().key());
    queue.settle(leased.stream().key(), lease(), settlement);
    return new Leased(leased.stream(), settlement.failures());
  }

  private Lease lease() {
    var now = world.clock().instant();
    return new Lease(owner, now, now.plus(LEASE));
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /// Stops within five seconds: no push begins any more, those under way get a while to end. What
  /// is not answered then is sent again after the next start.
  @Override
  public void close() {
    closing.countDown();
    try {
      if (hasEnded(GRACE)) return;
      threads.forEach(Thread::interrupt);
      if (!hasEnded(STOP)) LOG.warn("pushes did not stop in time: {}", running);
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
