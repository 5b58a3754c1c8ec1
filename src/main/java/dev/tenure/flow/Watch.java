package dev.tenure.flow;

import dev.tenure.deliver.TimeAndChance;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.source.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for the next cycle of a flow: until it is time, or earlier where the source's feed tells
/// of a change. Used by one thread.
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /// A feed is asked no more often.
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final Optional<Feed> feed;
  private final Feed.Known known;
  private final TimeAndChance world;
  private Feed.@Nullable Cursor cursor;

  Watch(Flow flow, KnownPeople people, TimeAndChance world) {
    this.feed = flow.config().follow() ? flow.source().feed() : Optional.empty();
    this.known = new KnownOfFlow(people, flow.id());
    this.world = world;
  }

  /// A cycle begins: what changes from now on is a change.
  void begin() {
    cursor = feed.flatMap(Feed::begin).orElse(null);
  }

  /// Rests for `least`, then until `end` or until something changes.
  void rest(Duration least, Instant end) throws InterruptedException {
    var left = left(end);
    world.pause().pause(least.compareTo(left) < 0 ? least : left);
    boolean changed = feed.isPresent() && cursor != null && hasChanged(feed.get(), cursor, end);
    if (!changed) world.pause().pause(left(end));
  }

  private Duration left(Instant end) {
    var left = Duration.between(world.clock().instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private boolean hasChanged(Feed source, Feed.Cursor from, Instant end)
      throws InterruptedException {
    var at = from;
    while (left(end).isPositive()) {
      source.await(at, left(end));
      var events = new AtomicLong();
      switch (source.since(at, known, _ -> events.incrementAndGet())) {
        case Feed.FeedOutcome.Read(var next, _) -> {
          if (events.get() > 0) return true;
          at = next;
        }
        case Feed.FeedOutcome.Expired _ -> {
          return true;
        }
        case Feed.FeedOutcome.Failed(var reason) -> {
          LOG.warn("changes cannot be read, the next cycle comes in its turn: {}", reason.line());
          return false;
        }
      }
      world.pause().pause(BETWEEN);
    }
    return false;
  }

  /// What is known of the people of one flow.
  private record KnownOfFlow(KnownPeople people, FlowId flow) implements Feed.Known {
    @Override
    public Set<PersonKey> inGroup(String group) {
      return people.inGroup(flow, group);
    }

    @Override
    public Set<String> groups() {
      return people.groups(flow);
    }

    @Override
    public boolean knows(PersonKey person) {
      return people.find(flow, person).filter(known -> known.goneAt().isEmpty()).isPresent();
    }

    @Override
    public Set<PersonKey> everybody() {
      return people.digests(flow).keySet();
    }
  }
}
