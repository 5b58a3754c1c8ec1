package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.LeaverPolicy;
import dev.tenure.policy.LeaverTable;
import dev.tenure.policy.MatchRule;
import dev.tenure.policy.TargetGroups;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a flow's configuration says to the planner. `sourceOrg` is the source of truth that this
/// flow writes and expects on accounts; absent where the flow does not mark them. Nothing of the
/// `untouched` people is written, even where the source does not have them any more. `groups` are
/// those of the target that the flow manages; absent where it manages none.
public record PlanPolicy(
    List<MatchRule> match,
    LeaverTable leaver,
    GuardLimits guard,
    Optional<String> sourceOrg,
    Set<PersonKey> untouched,
    Optional<TargetGroups> groups) {
  public PlanPolicy {
    match = List.copyOf(match);
    untouched = Set.copyOf(untouched);
  }

  /// The same for every leaver; nobody is untouched, and no groups are managed.
  public PlanPolicy(
      List<MatchRule> match, LeaverPolicy leaver, GuardLimits guard, Optional<String> sourceOrg) {
    this(match, LeaverTable.of(leaver), guard, sourceOrg, Set.of(), Optional.empty());
  }

  /// The same, managing these groups.
  public PlanPolicy managing(TargetGroups managed) {
    return new PlanPolicy(match, leaver, guard, sourceOrg, untouched, Optional.of(managed));
  }
}
