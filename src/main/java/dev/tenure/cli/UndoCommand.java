package dev.tenure.cli;

import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Plans.Draft;
import dev.tenure.deliver.StoredChange;
import dev.tenure.flow.Flow;
import dev.tenure.plan.Undo;
import dev.tenure.plan.World;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// Makes a plan that takes an applied one back.
final class UndoCommand implements Command {
  private static final String PLAN = "PLAN";

  @Override
  public String name() {
    return "undo";
  }

  @Override
  public String summary() {
    return "Makes a plan that takes an applied one back, and lists what cannot be restored.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.parameter(spec, PLAN, "The number of the plan that was applied.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var applied = applied(call, workplace, flow);
      var report = workplace.cycle().propose(flow, world -> draft(flow, applied, world));
      var out = call.terminal().out();
      out.print(
          call.json() ? Faces.json(PlanJsonView.of(report)) + "\n" : ReconcileCommand.text(report));
      return PlanCommand.exit(report);
    }
  }

  private static Undo.Applied applied(Call call, Workplace workplace, Flow flow) {
    var stored = ShowCommand.plan(call, workplace, flow, PLAN);
    var changes = workplace.plans().changes(flow.id(), stored.number(), flow.planner().userType());
    var done =
        changes.stream()
            .filter(c -> c.state() == ChangeState.DONE)
            .map(StoredChange::change)
            .toList();
    var links = workplace.plans().links(flow.id(), stored.number());
    return new Undo.Applied(stored.number().toString(), done, done.isEmpty() ? List.of() : links);
  }

  private static Draft draft(Flow flow, Undo.Applied applied, World world) {
    var undone = Undo.of(applied, world, flow.planner().userType());
    var plan = flow.planner().decided(world, undone.changes(), List.of(), undone.findings());
    return new Draft(plan, Optional.empty(), undone.unlinks());
  }
}
