package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.MatchRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a flow's configuration says to the planner. `sourceOrg` is the source of truth that this
/// flow writes and expects on accounts; absent where the flow does not mark them. Nothing of the
/// `untouched` people is written, even where the source does not have them any more.
public record PlanPolicy(
    List<MatchRule> match,
    LeaverTable leaver,
    GuardLimits guard,
    Optional<String> sourceOrg,
    Set<PersonKey> untouched) {
  public PlanPolicy {
    match = List.copyOf(match);
    untouched = Set.copyOf(untouched);
  }

  /// The same for every leaver, and nobody is untouched.
  public PlanPolicy(
      List<MatchRule> match, LeaverPolicy leaver, GuardLimits guard, Optional<String> sourceOrg) {
    this(match, LeaverTable.of(leaver), guard, sourceOrg, Set.of());
  }
}
