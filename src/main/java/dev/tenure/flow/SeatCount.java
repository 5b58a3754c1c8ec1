package dev.tenure.flow;

import dev.tenure.deliver.Plans.Taking;
import dev.tenure.flow.FlowLocks.Held;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Grants;
import dev.tenure.plan.Seats;
import dev.tenure.plan.Seats.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Counts the seats of a flow's target for one plan. From then on until it is closed, which is when
/// the plan is saved, no other flow that leads there counts them: it would give the last one a
/// second time. Used once, by one thread.
final class SeatCount implements AutoCloseable {
  /// Longer than a plan takes to be saved.
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final Flow flow;
  private final Cycle.Books books;
  private Optional<Held> held = Optional.empty();

  SeatCount(Flow flow, Cycle.Books books) {
    this.flow = flow;
    this.books = books;
  }

  /// The seats as a plan for these people finds them (absent: for everybody): what others get by
  /// changes that are still to be sent, of this flow and of those beside it, is taken already.
  /// Throws `FLOW_BUSY` where another flow plans for too long.
  Seats of(Optional<Set<PersonKey>> about) {
    var whenFull = flow.config().whenFull();
    if (whenFull == WhenFull.OVERDRAW) return Seats.NONE;
    var others = isCounted() ? flow.shared().others().get() : Set.<FlowId>of();
    if (!others.isEmpty() && held.isEmpty()) {
      held = Optional.of(new Entrance(books.locks()).count(flow, WAIT));
    }
    // What is done meanwhile is then counted twice rather than not at all.
    var taking = taking(others, about);
    return flow.seats().get().when(whenFull).taking(taking);
  }

  /// Where no licences are known, there is nothing to wait for.
  private boolean isCounted() {
    return flow.organization().isPresent() || flow.bought().isPresent();
  }

  private List<Grants> taking(Set<FlowId> others, Optional<Set<PersonKey>> about) {
    var all = new ArrayList<Grants>();
    for (var other : others) books.plans().taking(other).forEach(t -> all.add(t.gained()));
    if (about.isEmpty()) return all;
    books.plans().taking(flow.id()).stream()
        .filter(t -> !about.get().contains(t.person()))
        .map(Taking::gained)
        .forEach(all::add);
    return all;
  }

  /// Lets others count.
  @Override
  public void close() {
    held.ifPresent(Held::close);
    held = Optional.empty();
  }
}
