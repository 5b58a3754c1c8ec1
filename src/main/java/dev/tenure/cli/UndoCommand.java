package dev.tenure.cli;

import dev.tenure.flow.Undoing;
import dev.tenure.view.CycleJson;
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
      var stored = ShowCommand.plan(call, workplace, flow, PLAN);
      var report = new Undoing(workplace.cycle()).plan(flow, stored.number());
      var out = call.terminal().out();
      out.print(
          call.json() ? Faces.json(CycleJson.of(report)) + "\n" : ReconcileCommand.text(report));
      return PlanCommand.exit(report);
    }
  }
}
