package dev.tenure.reconcile;

import dev.tenure.plan.Plan;
import dev.tenure.plan.Planner;
import dev.tenure.plan.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody decided: one by one, and by kind. `confidence`: no proposal is accepted by its
/// kind that is less sure; where it is given and no kind is, it is for all kinds.
public record Choice(
    List<Decision> decisions, Set<ConflictKind> accepted, Optional<Double> confidence) {
  public Choice {
    decisions = List.copyOf(decisions);
    accepted = Set.copyOf(accepted);
  }

  /// The plan of it; `least` is the confidence that counts where none is given. Throws
  /// `CONFLICT_UNKNOWN`.
  public Plan plan(Planner planner, World world, double least) {
    var conflicts = Reconciler.conflicts(planner.survey(world));
    return Settling.plan(planner, world, of(conflicts, least));
  }

  /// A decision on a conflict itself goes before one on its kind.
  private List<Decision> of(List<Conflict> conflicts, double least) {
    var all = new ArrayList<>(decisions);
    if (accepted.isEmpty() && confidence.isEmpty()) return all;
    var decided = all.stream().map(Decision::conflict).collect(Collectors.toSet());
    Settling.accepting(conflicts, accepted, confidence.orElse(least)).stream()
        .filter(d -> !decided.contains(d.conflict()))
        .forEach(all::add);
    return all;
  }
}
