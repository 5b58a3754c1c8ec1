package dev.tenure.flow;

import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans;
import dev.tenure.deliver.StoredChange;
import dev.tenure.plan.Link;
import dev.tenure.plan.Undo;
import dev.tenure.plan.World;
import java.util.List;
import java.util.Optional;

/// Makes plans that take applied ones back.
public final class Undoing {
  private final Cycle cycle;

  public Undoing(Cycle cycle) {
    this.cycle = cycle;
  }

  /// A plan that takes this one back, as far as the target is still as it left it. Sends nothing.
  public CycleReport plan(Flow flow, PlanNumber number) throws InterruptedException {
    var applied = applied(flow, number);
    return cycle.propose(flow, world -> draft(flow, applied, world));
  }

  private Undo.Applied applied(Flow flow, PlanNumber number) {
    var plans = cycle.books().plans();
    var done =
        plans.changes(flow.id(), number, flow.planner().userType()).stream()
            .filter(c -> c.state() == ChangeState.DONE)
            .map(StoredChange::change)
            .toList();
    var links = done.isEmpty() ? List.<Link>of() : plans.links(flow.id(), number);
    return new Undo.Applied(number.toString(), done, links);
  }

  private static Plans.Draft draft(Flow flow, Undo.Applied applied, World world) {
    var undone = Undo.of(applied, world, flow.planner().userType());
    var plan = flow.planner().decided(world, undone.changes(), List.of(), undone.findings());
    return new Plans.Draft(plan, Optional.empty(), undone.unlinks());
  }
}
