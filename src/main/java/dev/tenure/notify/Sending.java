package dev.tenure.notify;

import dev.tenure.notify.Outbox.Lease;
import dev.tenure.notify.Outbox.Outcome;
import dev.tenure.notify.Outbox.Settled;
import dev.tenure.notify.Outbox.Waiting;
import dev.tenure.remote.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what waits for one receiver, in its order: the next message goes when the one before it is
/// taken or given up. Each is sent again until then, so it may come twice.
final class Sending {
  /// Longer than a message takes.
  static final Duration LEASE = Duration.ofMinutes(1);

  /// What nobody took for so long is given up.
  static final Duration LONGEST = Duration.ofDays(1);

  /// What became of messages is remembered for so long.
  static final Duration REMEMBERED = Duration.ofDays(30);

  /// A message that is refused so often is given up: others may come through.
  static final int REFUSALS_MAX = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  private final Outbox outbox;
  private final Messenger messenger;
  private final Clock clock;
  private final Backoff backoff;
  private final String owner = UUID.randomUUID().toString();

  Sending(Outbox outbox, Messenger messenger, Clock clock, RandomGenerator random) {
    this.outbox = outbox;
    this.messenger = messenger;
    this.clock = clock;
    this.backoff = new Backoff(clock, random);
  }

  /// Sends until nothing waits, or it must be tried later; no message begins once `stopping` holds.
  void all(Receiver to, BooleanSupplier stopping) {
    while (!stopping.getAsBoolean()) {
      var waiting = outbox.take(to.name(), lease());
      if (waiting.isEmpty()) return;
      var answer = messenger.send(to, waiting.get().message());
      // Only the end of the process interrupts: what was not answered is sent after the next start.
      if (Thread.interrupted() && !(answer instanceof Answer.Taken)) return;
      var outcome = outcome(to, waiting.get(), answer);
      outbox.settle(to.name(), lease(), new Settled(waiting.get(), outcome));
      if (outcome instanceof Outcome.Again) return;
    }
  }

  private Outcome outcome(Receiver to, Waiting waiting, Answer answer) {
    return switch (answer) {
      case Answer.Taken(var words) -> new Outcome.Done(words);
      case Answer.Gone(var words) -> givenUp(to, waiting, words);
      case Answer.Later(var words, var after) -> again(to, waiting, words, after);
      case Answer.Refused(var words) -> {
        int refusals = waiting.refusals() + 1;
        if (refusals >= REFUSALS_MAX) yield givenUp(to, waiting, words);
        var more = new Waiting(waiting.id(), waiting.message(), refusals, waiting.failures());
        yield again(to, more, words, Optional.empty());
      }
    };
  }

  private static Outcome givenUp(Receiver to, Waiting waiting, String words) {
    LOG.warn(
        "receiver {}: a message ({}) is given up: {}", to.name(), waiting.message().type(), words);
    return new Outcome.GivenUp(words);
  }

  private Outcome again(Receiver to, Waiting waiting, String words, Optional<Duration> after) {
    int failures = waiting.failures() + 1;
    LOG.warn("receiver {}: not taken, {} times in a row: {}", to.name(), failures, words);
    var next = backoff.nextTry(failures, after);
    return new Outcome.Again(words, waiting.refusals(), failures, next);
  }

  /// Gives up what waits for too long, and forgets what is long ago.
  void expire() {
    var now = clock.instant();
    outbox.forget(now.minus(REMEMBERED));
    for (var expired : outbox.expire(now.minus(LONGEST), now)) {
      LOG.warn(
          "receiver {}: a message ({}) of {} is given up, nobody took it",
          expired.receiver(),
          expired.type(),
          expired.at());
    }
  }

  private Lease lease() {
    var now = clock.instant();
    return new Lease(owner, now, now.plus(LEASE));
  }
}
