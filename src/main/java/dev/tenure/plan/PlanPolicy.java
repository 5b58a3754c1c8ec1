package dev.tenure.plan;

import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.MatchRule;
import java.util.List;
import java.util.Optional;

/// What a flow's configuration says to the planner. `sourceOrg` is the source of truth that this
/// flow writes and expects on accounts; absent where the flow does not mark them.
public record PlanPolicy(
    List<MatchRule> match, LeaverPolicy leaver, GuardLimits guard, Optional<String> sourceOrg) {
  public PlanPolicy {
    match = List.copyOf(match);
  }
}
