package dev.tenure.licence;

import dev.tenure.deliver.Plans.Draft;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.Flow;
import dev.tenure.plan.Change;
import dev.tenure.plan.Repairs;
import dev.tenure.plan.Survey;
import dev.tenure.plan.World;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a plan that frees seats: past the guard like any other, sent by `apply`, taken back by
/// `undo`. Both ends are read anew; what is not so any more is left out.
public final class Reclaim {
  private final Cycle cycle;

  public Reclaim(Cycle cycle) {
    this.cycle = cycle;
  }

  /// Keeps the plan; sends nothing.
  public CycleReport plan(Flow flow, List<Reclaimable> chosen) throws InterruptedException {
    return cycle.propose(flow, world -> draft(flow, chosen, world));
  }

  private static Draft draft(Flow flow, List<Reclaimable> chosen, World world) {
    var survey = flow.planner().survey(world);
    var repairs = new Repairs(flow.planner().userType(), world);
    var changes = new ArrayList<Change>();
    var findings = new ArrayList<Problem>();
    for (var one : chosen) {
      var problem = problem(survey, one);
      problem.ifPresent(findings::add);
      if (problem.isPresent()) continue;
      survey
          .account(one.account())
          .flatMap(a -> repairs.retire(a, "reclaimed: " + one.because()))
          .ifPresent(changes::add);
    }
    var plan = flow.planner().decided(world, changes, List.of(), findings);
    return new Draft(plan, Optional.empty());
  }

  /// Why the account stays as it is; absent where it may be locked.
  private static Optional<Problem> problem(Survey survey, Reclaimable one) {
    var account = survey.account(one.account());
    if (account.isEmpty()) return Optional.of(stays(one, "it is not in the target any more"));
    if (survey.isForeign(account.get())) {
      return Optional.of(stays(one, "another source of truth rules over it"));
    }
    var owner = survey.owner(account.get());
    if (owner.filter(survey::isInScope).isPresent()) {
      return Optional.of(stays(one, "'" + owner.get() + "' has it, and is in scope"));
    }
    boolean isSure = survey.isComplete() || one.evidence() != Evidence.ORPHANED;
    return isSure
        ? Optional.empty()
        : Optional.of(stays(one, "the source was not read whole: nobody knows whose it is"));
  }

  private static Problem stays(Reclaimable one, String why) {
    return new Problem(
        Code.LICENCE_IN_USE,
        "the account '" + one.name() + "' stays as it is: " + why,
        Map.of("account", one.account().value(), "evidence", one.evidence().wire()),
        "where somebody in scope does not need the seat, take it away in the source or by the map");
  }
}
