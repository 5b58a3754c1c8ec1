package dev.tenure.deliver;

import dev.tenure.id.FlowId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The changes of one plan that wait to be sent. Any number of deliveries may take from it.
public interface Queue {
  /// Who takes changes, from which plan, and the time it is.
  record Taker(FlowId flow, PlanNumber plan, String owner) {}

  /// Leases up to `count` changes that are due, the most urgent lane first; also those whose lease
  /// ran out. A change waits while an older one of the same person is being sent.
  List<Leased> lease(Taker taker, int count, Instant now, Instant until);

  /// Gives leased changes back unsent.
  void giveBack(Taker taker, List<Leased> unsent, Instant now);

  /// Writes down what became of leased changes, in one statement: state, link, audit row. What is
  /// no longer this taker's is left alone.
  void settle(Taker taker, List<Settlement> settlements, Instant now);

  /// When the next change is due, or the next lease of somebody runs out; absent where none is
  /// open.
  Optional<Instant> nextDue(Taker taker);

  /// How many changes are still to be sent or being sent.
  long open(Taker taker);
}
