package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.id.OrganizationId;
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
/// has some; `seats` tells the licences that it has now; `shared`: who else leads there; `clock`
/// tells the time that the rules are asked about.
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
    Shared shared,
    Clock clock) {
  /// A target as all flows that lead there share it: what they call it, and the `others` of them.
  public record Shared(String target, Supplier<Set<FlowId>> others) {}

  /// What the rules say of this person now.
  public Standing standing(Person person) {
    return policy.decide(person, clock.instant()).standing();
  }
}
