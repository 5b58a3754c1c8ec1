package dev.tenure.signal;

import dev.tenure.signal.EventStream.Delivery.Poll;
import dev.tenure.signal.EventStream.Delivery.Push;
import dev.tenure.signal.Queue.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what waits within bounds, and the keys young. Any number of nodes may do so at once.
///
/// A stream in which events wait for more than seven days, or more than 100,000 of them, is
/// disabled: its receiver is told so (SSF 1.0 §8.1.5), and knows that it must look for itself.
final class Tending {
  static final Duration WAITING_LONGEST = Duration.ofDays(7);
  static final int WAITING_MAX = 100_000;
  private static final Logger LOG = LoggerFactory.getLogger(Tending.class);
  private final Pusher.Post post;
  private final Tokens tokens;
  private final Clock clock;
  private final int most;

  Tending(Pusher.Post post, Clock clock) {
    this(post, clock, WAITING_MAX);
  }

  Tending(Pusher.Post post, Clock clock, int most) {
    this.post = post;
    this.tokens = new Tokens(post.keys());
    this.clock = clock;
    this.most = most;
  }

  void all() {
    post.keys().tend();
    var now = clock.instant();
    var oldest = now.minus(WAITING_LONGEST);
    for (var key : post.queue().overdue(new Limits(oldest, most))) bound(key, oldest, now);
  }

  /// First what failed again and again though others came through; where that was not it, all.
  private void bound(StreamKey key, Instant oldest, Instant now) {
    int expired = post.queue().expire(key, oldest, now);
    if (expired > 0) {
      LOG.warn("stream {}: {} events were dropped, the receiver never took them", key, expired);
      return;
    }
    var reason = "events waited for more than " + WAITING_LONGEST.toDays() + " days, or too many";
    if (post.queue().giveUp(key, reason, now)) {
      LOG.warn("stream {} is disabled: {}", key, reason);
      post.streams().find(key).ifPresent(stream -> tell(stream, now));
    }
  }

  /// To a receiver that fetches, the event stays; another one gets one try.
  private void tell(EventStream stream, Instant now) {
    switch (stream.delivery()) {
      case Poll _ -> {}
      case Push push -> {
        for (var signal : post.queue().last(stream.key(), now).signals()) {
          var receipt = post.outlet().push(push, tokens.token(stream, signal));
          LOG.info("stream {}: told that it is disabled, answered {}", stream.key(), receipt);
        }
      }
    }
  }
}
