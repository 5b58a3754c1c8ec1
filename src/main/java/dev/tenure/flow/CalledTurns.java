package dev.tenure.flow;

import dev.tenure.deliver.TimeAndChance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has a turn of a flow as soon as somebody was excluded by hand, by whatever process, or that was
/// lifted; and when such a turn says that somebody is due again. The flow's own loop may rest
/// meanwhile, or wait for its source. Used by one thread.
final class CalledTurns {
  private static final Logger LOG = LoggerFactory.getLogger(CalledTurns.class);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /// Who finds the flow busy, or a turn that fails, leaves it to the loop after so many.
  private static final int TRIES_MAX = 5;

  private final Flow flow;
  private final Exclusions exclusions;
  private final TimeAndChance world;
  private final Turns turns;

  /// A turn about what is known already; absent where it failed.
  interface Turns {
    Optional<Turn> have() throws InterruptedException;
  }

  CalledTurns(Flow flow, Cycle.Books books, TimeAndChance world, Turns turns) {
    this.flow = flow;
    this.exclusions = books.exclusions();
    this.world = world;
    this.turns = turns;
  }

  /// Until it is interrupted. What was there before it began is for the loop's first turn.
  void run() throws InterruptedException {
    var seen = changedAt(Optional.empty());
    var due = Optional.<Instant>empty();
    while (true) {
      world.pause().pause(BETWEEN);
      var changed = changedAt(seen);
      boolean isDue = due.filter(at -> !at.isAfter(world.clock().instant())).isPresent();
      if (changed.equals(seen) && !isDue) continue;
      due = turn().flatMap(Turn::nextDue);
      seen = changed;
    }
  }

  private Optional<Turn> turn() throws InterruptedException {
    for (var tries = 0; tries < TRIES_MAX; ) {
      var turn = turns.have();
      if (turn.isPresent() && !turn.get().more()) return turn;
      if (turn.isEmpty()) tries++;
    }
    return Optional.empty();
  }

  /// As before where it cannot be told.
  private Optional<Instant> changedAt(Optional<Instant> before) {
    try {
      return exclusions.changedAt(flow.id());
    } catch (RuntimeException e) {
      LOG.debug("flow {}: exclusions cannot be read", flow.id(), e);
      return before;
    }
  }
}
