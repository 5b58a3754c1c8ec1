package dev.tenure.plan;

import dev.tenure.policy.GuardLimits;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Optional;

/// Holds back the leavers of a plan that looks like an accident; everything else goes on. Both
/// limits must be exceeded: a few leavers of a small company are no accident, nor is a small share
/// of a large one.
final class Guard {
  private final GuardLimits limits;

  Guard(GuardLimits limits) {
    this.limits = limits;
  }

  /// The changes as the guard lets them pass, and what it says where it holds some.
  record Passed(List<Change> changes, Optional<Problem> finding) {}

  /// `active`: how many linked accounts are active.
  Passed check(List<Change> changes, long active) {
    var leavers = changes.stream().filter(Guard::isLeaver).count();
    var isHeld = leavers > limits.leaversMax() && leavers > limits.leaversShareMax() * active;
    if (!isHeld) return new Passed(changes, Optional.empty());
    return new Passed(
        changes.stream().map(c -> isLeaver(c) ? held(c) : c).toList(),
        Optional.of(Findings.held(leavers, active, limits)));
  }

  private static boolean isLeaver(Change change) {
    return change.lane() == Lane.LEAVER;
  }

  private static Change held(Change change) {
    return new Change(
        change.lane(), change.person(), change.name(), change.request(), change.reasons(), true);
  }
}
