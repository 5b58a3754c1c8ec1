package dev.tenure.flow;

import dev.tenure.deliver.Plans;
import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.AccountKeys;
import dev.tenure.plan.Planner;
import dev.tenure.plan.Seats;
import dev.tenure.policy.Policy;
import dev.tenure.policy.Standing;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.target.Bought;
import dev.tenure.target.Target;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A flow, put together: where people come from, what the rules say of each, how that is compared,
/// and where their accounts live. `keys` are what kept accounts are found by; `organization` is
/// where the accounts live, if that is hosted here; `bought`: the licences there, if it is not and
/// has some; `seats` tells the licences that it has now; `clock` tells the time that the rules are
/// asked about.
public record Flow(
    FlowId id,
    Source source,
    Policy policy,
    Planner planner,
    AccountKeys keys,
    Target target,
    FlowConfig config,
    Fingerprint fingerprint,
    Optional<OrganizationId> organization,
    Optional<Bought> bought,
    Supplier<Seats> seats,
    Clock clock) {
  /// The seats as a plan for these people finds them (absent: for everybody): what others get by
  /// changes that are still to be sent is taken already.
  Seats seats(Cycle.Books books, Optional<Set<PersonKey>> about) {
    var known = seats.get().when(config.whenFull());
    if (known.pools().isEmpty() || about.isEmpty()) return known;
    return known.taking(
        books.plans().taking(id).stream()
            .filter(t -> !about.get().contains(t.person()))
            .map(Plans.Taking::gained)
            .toList());
  }

  /// What the rules say of this person now.
  public Standing standing(Person person) {
    return policy.decide(person, clock.instant()).standing();
  }
}
