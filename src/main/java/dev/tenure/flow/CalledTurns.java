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
  private Seen seen = new Seen(Map.of(), Instant.EPOCH);
  private Optional<Instant> due = Optional.empty();
  private int tries;

  /// A turn about what is known already; absent where it failed.
  interface Turns {
    Optional<Turn> have() throws InterruptedException;
  }

  /// Who was excluded when it was last looked, and the last change by then. An exclusion that came
  /// and went since is told by its time alone; one that has ended, or was made by somebody whose
  /// clock is behind, by not being what it was.
  private record Seen(Map<PersonKey, Exclusion> excluded, Instant changedAt) {}

  CalledTurns(Flow flow, Cycle.Books books, TimeAndChance world, Turns turns) {
    this.flow = flow;
    this.books = books;
    this.world = world;
    this.turns = turns;
    this.seen = look().map(Look::now).orElse(seen);
  }

  /// Until it is interrupted.
  void run() throws InterruptedException {
    while (true) {
      world.pause().pause(BETWEEN);
      var look = look();
      if (look.isPresent()) follow(look.get());
    }
  }

  private void follow(Look look) throws InterruptedException {
    var isDue = due.filter(at -> !at.isAfter(world.clock().instant())).isPresent();
    if (look.people().isEmpty() && !isDue) return;
    var turn = turn(look.people());
    due = turn.flatMap(Turn::nextDue);
    tries++;
    if (turn.filter(t -> isAbout(t, look.people())).isEmpty() && tries < TRIES_MAX) return;
    seen = look.now();
    tries = 0;
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

  /// How it is now, and for whom that is not as it was.
  private record Look(Seen now, Set<PersonKey> people) {}

  /// Absent where it cannot be told.
  private Optional<Look> look() {
    try {
      var changed = books.exclusions().changedSince(flow.id(), seen.changedAt());
      var excluded = books.exclusions().of(flow.id());
      var last = changed.values().stream().max(Instant::compareTo).orElse(seen.changedAt());
      var people = new HashSet<>(changed.keySet());
      people.addAll(seen.excluded().keySet());
      people.addAll(excluded.keySet());
      people.removeIf(who ->
          !changed.containsKey(who) && Objects.equals(seen.excluded().get(who), excluded.get(who)));
      return Optional.of(new Look(new Seen(excluded, last), people));
    } catch (RuntimeException e) {
      LOG.debug("flow {}: exclusions cannot be read", flow.id(), e);
      return Optional.empty();
    }
  }
}
