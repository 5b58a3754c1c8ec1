package dev.tenure.signal;

import dev.tenure.signal.EventStream.State;
import dev.tenure.signal.Queue.Acknowledgement;
import dev.tenure.signal.Queue.Window;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Hands events to receivers that fetch them (RFC 8936). What is not acknowledged is handed out
/// again by each poll.
///
/// One answer has the events of one change of a subject only, and the next change waits for the
/// acknowledgement: the answer is a JSON object, whose order a receiver may lose.
public final class Polling implements AutoCloseable {
  private static final int EVENTS_MAX = 100;
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofMillis(250);

  /// More than these do not wait: each one waiting takes a place from other requests.
  private static final int WAITING_MAX = 32;

  private final Streams streams;
  private final Queue queue;
  private final Tokens tokens;
  private final Clock clock;
  private final Semaphore places = new Semaphore(WAITING_MAX);
  private final CountDownLatch closed = new CountDownLatch(1);

  public Polling(Streams streams, Queue queue, SigningKeys keys, Clock clock) {
    this.streams = streams;
    this.queue = queue;
    this.tokens = new Tokens(keys);
    this.clock = clock;
  }

  /// A poll. `eventsMax` 0 only acknowledges; `waits`: where there is nothing, the answer comes
  /// when there is, or after 20 seconds.
  public record Poll(Acknowledgement acknowledgement, int eventsMax, boolean waits) {}

  /// Tokens by their `jti`, in the order in which they are to be read.
  public record Answer(Map<String, String> tokens, boolean more) {}

  /// Answers a poll of the stream. A stream that pushes, or is paused, has nothing; a disabled one
  /// tells only that it is.
  public Answer poll(EventStream stream, Poll poll) {
    if (!poll.acknowledgement().isEmpty()) {
      queue.acknowledge(stream.key(), poll.acknowledgement(), clock.instant());
    }
    if (poll.eventsMax() == 0) return new Answer(Map.of(), false);
    var most = Math.min(poll.eventsMax(), EVENTS_MAX);
    var answer = take(stream, most);
    if (!poll.waits() || !answer.tokens().isEmpty() || !places.tryAcquire()) return answer;
    try {
      return await(stream, most);
    } finally {
      places.release();
    }
  }

  private Answer await(EventStream stream, int most) {
    long steps = LONGEST.dividedBy(STEP);
    var answer = new Answer(Map.of(), false);
    for (long step = 0; step < steps && answer.tokens().isEmpty() && !isClosed(); step++) {
      var now = streams.find(stream.key());
      if (now.isEmpty()) return answer;
      answer = take(now.get(), most);
    }
    return answer;
  }

  private boolean isClosed() {
    try {
      return closed.await(STEP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private Answer take(EventStream stream, int most) {
    var window = window(stream);
    var chosen = window.oneChangeEach().stream().limit(most).toList();
    var answer = new LinkedHashMap<String, String>();
    for (var signal : chosen) {
      answer.put(signal.tokenId().toString(), tokens.token(stream, signal));
    }
    return new Answer(answer, window.more() || chosen.size() < window.signals().size());
  }

  private Window window(EventStream stream) {
    if (stream.delivery() instanceof EventStream.Delivery.Push) return new Window(List.of(), false);
    return switch (stream.status().state()) {
      case State.ENABLED -> queue.first(stream.key(), clock.instant());
      case State.PAUSED -> new Window(List.of(), false);
      case State.DISABLED -> queue.last(stream.key(), clock.instant());
    };
  }

  /// Ends all waiting.
  @Override
  public void close() {
    closed.countDown();
  }
}
