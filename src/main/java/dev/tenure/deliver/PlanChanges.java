package dev.tenure.deliver;

import dev.tenure.id.FlowId;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The changes of a plan as people look at them: page by page in the order in which they are sent,
/// and what many of them have in common.
public interface PlanChanges {
  /// Those of a choice in one state, or in any; `after` is the place of the last one of the page
  /// before, `count` how many there are at most.
  record Wanted(Choice choice, Optional<ChangeState> state, long after, int count) {}

  /// A change as a page shows it: without what is sent.
  record Row(
      int seq,
      Lane lane,
      String person,
      String name,
      String kind,
      Optional<String> account,
      List<Change.Reason> reasons,
      boolean held,
      String cluster,
      ChangeState state,
      int attempts,
      Optional<Problem> problem,
      Optional<String> reference,
      Optional<Instant> settledAt) {}

  /// Those after the last one of the page before.
  List<Row> page(FlowId flow, PlanNumber number, Wanted wanted);

  /// So many of a choice are held; so many are still to be sent.
  record Standing(long held, long sendable) {}

  /// How those of a choice stand.
  Standing standing(FlowId flow, PlanNumber number, Choice choice);

  /// What the guard found suspicious together, or somebody holds by hand; `held` of them still wait
  /// for an approval, `sendable` are still to be sent. `heldBy`: who holds some of it by hand;
  /// `reason`: why, it may be empty.
  record Cluster(
      String name,
      long size,
      long held,
      long sendable,
      Optional<String> heldBy,
      Optional<String> reason) {}

  /// The 50 with the most that is held.
  List<Cluster> clusters(FlowId flow, PlanNumber number);

  /// So many changes have this in common.
  record Facet(String name, long size) {}

  /// The 20 departments with the most changes.
  List<Facet> departments(FlowId flow, PlanNumber number);
}
