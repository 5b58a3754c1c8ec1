package dev.tenure.plan;

import dev.tenure.policy.GuardLimits;
import dev.tenure.problem.Problem;
import java.util.List;

/// Holds back those parts of a plan that look like an accident; everything else goes on, so that a
/// real leaver never waits for a doubtful one. Each part is a [Cluster] with a name, by which it
/// can be approved.
///
/// The checks stand in the order of their harm. A change that one of them holds is not looked at by
/// the next.
final class Guard {
  private final GuardLimits limits;

  Guard(GuardLimits limits) {
    this.limits = limits;
  }

  /// The changes as the guard lets them pass, and what it holds.
  record Passed(List<Change> changes, List<Cluster> clusters, List<Problem> findings) {}

  Passed check(List<Change> changes, Crowd crowd) {
    var sieve = new Sieve(changes, crowd.lately(), limits);
    new LeaverChecks(sieve, crowd).run();
    sieve.forgetLately();
    new JoinerChecks(sieve, crowd).run();
    new ValueChecks(sieve, crowd).run();
    new AccessChecks(sieve, crowd).run();
    return sieve.passed();
  }
}
