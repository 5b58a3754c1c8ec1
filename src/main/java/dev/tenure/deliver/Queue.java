package dev.tenure.deliver;

import dev.tenure.id.FlowId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The changes of plans that were accepted and wait to be sent. Any number of deliveries may take
/// from it.
public interface Queue {
  /// Who takes changes, and from which plan; absent: from all of the flow's, so that what is urgent
  /// in a new plan goes before the rest of an older one.
  record Taker(FlowId flow, Optional<PlanNumber> plan, String owner) {
    public Taker(FlowId flow, PlanNumber plan, String owner) {
      this(flow, Optional.of(plan), owner);
    }
  }

  /// Which changes are wanted first.
  enum Pick {
    /// Those of the most urgent lane, and in it of the oldest plan.
    URGENT,
    /// The leaver lane only.
    LEAVERS,
    /// Those of the oldest plan, and in it of the most urgent lane: so nothing waits for ever.
    OLDEST
  }

  /// How many are wanted, which, and for how long.
  record Wish(int count, Pick pick, Instant now, Instant until) {}

  /// Leases changes that are due; also those whose lease ran out. A change waits while an older one
  /// of the same person is being sent. Of a flow that is paused come none, or leavers only.
  List<Leased> lease(Taker taker, Wish wish);

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
