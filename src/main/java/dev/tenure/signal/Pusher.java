package dev.tenure.signal;

import dev.tenure.background.Background;
import dev.tenure.remote.Backoff;
import dev.tenure.signal.Queue.Lease;
import dev.tenure.signal.Queue.Leased;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
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
  private static final int STREAMS_MAX = 16;

  private final Queue queue;
  private final PushRun.World world;
  private final Tending tending;
  private final String owner = UUID.randomUUID().toString();
  private final Semaphore places = new Semaphore(STREAMS_MAX);
  private final Set<StreamKey> running = ConcurrentHashMap.newKeySet();
  private final Background background = new Background("signals");

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
    background.repeat("signals", TICK, TICK, this::look);
    background.repeat("signals-tending", Duration.ZERO, TENDING, tending::all);
  }

  private void look() {
    for (var stream : queue.due(world.clock().instant())) begin(stream);
  }

  private void begin(StreamKey stream) {
    if (!running.add(stream)) return;
    if (!places.tryAcquire()) {
      running.remove(stream);
      return;
    }
    background.start(
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
    while (!background.isClosing()) {
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
    var settlement =
        new PushRun(world, leased, lease, background::isClosing).of(window.oneChangeEach());
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

  /// Stops within five seconds: no push begins any more, those under way get a while to end. What
  /// is not answered then is sent again after the next start.
  @Override
  public void close() {
    background.close();
  }
}
