package dev.tenure.flow;

import dev.tenure.deliver.TimeAndChance;
import dev.tenure.flow.Intake.News;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for the next turn of a flow: until it is time, or earlier where the source's feed tells of
/// a change, which is then taken in. Used by one thread, but for [#isCalled].
final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /// A feed is asked no more often.
  private static final Duration BETWEEN = Duration.ofMillis(200);

  /// After a call for nothing no other is heard for so long.
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final Flow flow;
  private final Places places;
  private final Intake intake;
  private final TimeAndChance world;
  private final Optional<Lookout> lookout;

  /// When a flow that has much to send asks its feed again.
  private volatile Instant nextGlance = Instant.MIN;

  Watch(Flow flow, Cycle.Books books, TimeAndChance world) {
    this.flow = flow;
    this.places = books.places();
    this.intake = new Intake(flow, books);
    this.world = world;
    this.lookout = intake.feed().flatMap(_ -> flow.source().feed()).map(Lookout::new);
  }

  /// Rests for `least`, then until `end` or until something has changed.
  void rest(Duration least, Instant end) throws InterruptedException {
    close();
    pause(least, end);
    var cursor = places.of(flow.id()).cursor();
    while (intake.feed().isPresent() && cursor.isPresent() && left(end).isPositive()) {
      if (hasChanged(intake.feed().get(), cursor.get(), end)) return;
      cursor = places.of(flow.id()).cursor();
    }
    pause(left(end), end);
  }

  /// Whether a flow that sends should end its turn, since the source may have changed: a long queue
  /// hides no leaver (law 3). Asked by any thread, while nothing is taken in.
  boolean isCalled() {
    if (lookout.isEmpty() || world.clock().instant().isBefore(nextGlance)) return false;
    var waits = lookout.get();
    if (!waits.hasBegun()) begin(waits);
    return waits.hasEnded();
  }

  /// Where no place in the feed is known, it is not looked for one at each change that is sent.
  private void begin(Lookout waits) {
    var cursor = places.of(flow.id()).cursor();
    cursor.ifPresentOrElse(waits::begin, () -> nextGlance = world.clock().instant().plus(QUIET));
  }

  /// Takes in what has changed, if something may have, and waits for nothing: between two turns of
  /// a flow that has more to send than fits into one. `next`: when both ends are looked at anyway;
  /// a feed that fails is not asked before.
  void glance(Instant next) {
    if (!isCalled()) return;
    close();
    var begun = world.clock().instant();
    var news = followed();
    // As when it rests: at most half of the time goes there.
    var now = world.clock().instant();
    var took = Duration.between(begun, now);
    var forNothing = news.filter(n -> n.changes() > 0).isEmpty();
    var quiet = forNothing && took.compareTo(QUIET) < 0 ? QUIET : took;
    nextGlance = news.isEmpty() ? next : now.plus(quiet);
  }

  @Override
  public void close() {
    lookout.ifPresent(Lookout::close);
  }

  private boolean hasChanged(Feed feed, Feed.Cursor cursor, Instant end)
      throws InterruptedException {
    feed.await(cursor, left(end));
    if (!left(end).isPositive()) return false;
    var begun = world.clock().instant();
    var news = followed();
    if (news.isEmpty()) pause(left(end), end);
    if (news.filter(n -> n.changes() > 0).isPresent()) return true;
    // Where a feed can only say that everybody has to be read, at most half of the time goes there.
    var took = Duration.between(begun, world.clock().instant());
    pause(took.compareTo(BETWEEN) > 0 ? took : BETWEEN, end);
    return false;
  }

  /// What the feed tells; absent where it cannot be read.
  private Optional<News> followed() {
    try {
      var news = intake.follow();
      if (news.findings().isEmpty() || news.changes() > 0) return Optional.of(news);
      LOG.warn("flow {}: {}", flow.id(), news.findings().getFirst().line());
    } catch (Problem.Found e) {
      LOG.warn("flow {}: changes cannot be read, the next turn comes in its time", flow.id(), e);
    }
    return Optional.empty();
  }

  private void pause(Duration time, Instant end) throws InterruptedException {
    var left = left(end);
    world.pause().pause(time.compareTo(left) < 0 ? time : left);
  }

  private Duration left(Instant end) {
    var left = Duration.between(world.clock().instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
