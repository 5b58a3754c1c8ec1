package dev.tenure.flow;

import dev.tenure.deliver.TimeAndChance;
import dev.tenure.flow.Exclusions.Exclusion;
import dev.tenure.id.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has a turn of a flow as soon as somebody was excluded by hand, by whatever process, or that was
/// lifted or has ended; and when such a turn says that somebody is due again. The flow's own loop
/// may rest meanwhile, or wait for its source. Made before that loop begins; used by one thread.
///
/// What counts is that a turn decided about those people after the change was seen: a turn that was
/// under way already may have asked for the exclusions before.
final class CalledTurns {
  private static final Logger LOG = LoggerFactory.getLogger(CalledTurns.class);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /// After so many turns that fail, or do not come to these people, they are left to the loop.
  private static final int TRIES_MAX = 100;

  private final Flow flow;
  private final Cycle.Books books;
  private final TimeAndChance world;
  private final Turns turns;
  private Map<PersonKey, Exclusion> seen;
  private Optional<Instant> due = Optional.empty();
  private int tries;

  /// A turn about what is known already; absent where it failed.
  interface Turns {
    Optional<Turn> have() throws InterruptedException;
  }

  CalledTurns(Flow flow, Cycle.Books books, TimeAndChance world, Turns turns) {
    this.flow = flow;
    this.books = books;
    this.world = world;
    this.turns = turns;
    this.seen = excluded(Map.of());
  }

  /// Until it is interrupted.
  void run() throws InterruptedException {
    while (true) {
      world.pause().pause(BETWEEN);
      var now = excluded(seen);
      var people = differing(seen, now);
      var isDue = due.filter(at -> !at.isAfter(world.clock().instant())).isPresent();
      if (people.isEmpty() && !isDue) continue;
      var turn = turn(people);
      due = turn.flatMap(Turn::nextDue);
      tries++;
      if (turn.filter(t -> isAbout(t, people)).isEmpty() && tries < TRIES_MAX) continue;
      seen = now;
      tries = 0;
    }
  }

  private static boolean isAbout(Turn turn, Set<PersonKey> people) {
    return people.isEmpty()
        || (turn.report().isPresent()
            && turn.about().map(about -> about.containsAll(people)).orElse(true));
  }

  /// A turn that has them on the agenda, and further ones for as long as there is more to send.
  private Optional<Turn> turn(Set<PersonKey> people) throws InterruptedException {
    try {
      books.agenda().add(flow.id(), people, world.clock().instant());
    } catch (RuntimeException e) {
      LOG.debug("flow {}: the agenda cannot be written", flow.id(), e);
      return Optional.empty();
    }
    var first = turns.have();
    for (var last = first; last.filter(Turn::more).isPresent(); ) last = turns.have();
    return first;
  }

  private static Set<PersonKey> differing(
      Map<PersonKey, Exclusion> before, Map<PersonKey, Exclusion> now) {
    var people = new HashSet<>(before.keySet());
    people.addAll(now.keySet());
    people.removeIf(person -> Objects.equals(before.get(person), now.get(person)));
    return people;
  }

  /// As before where it cannot be told.
  private Map<PersonKey, Exclusion> excluded(Map<PersonKey, Exclusion> before) {
    try {
      return books.exclusions().of(flow.id());
    } catch (RuntimeException e) {
      LOG.debug("flow {}: exclusions cannot be read", flow.id(), e);
      return before;
    }
  }
}
