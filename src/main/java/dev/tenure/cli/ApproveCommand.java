package dev.tenure.cli;

import dev.tenure.deliver.Plans.Approval;
import dev.tenure.id.Correlation;
import dev.tenure.view.ApprovalJson;
import picocli.CommandLine.Model.CommandSpec;

/// Lets the changes of a plan through that the guard holds back.
final class ApproveCommand implements Command {
  private static final String PLAN = "PLAN";

  @Override
  public String name() {
    return "approve";
  }

  @Override
  public String summary() {
    return "Releases what the guard holds back in a plan; then apply it.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.parameter(spec, PLAN, "The plan's number.");
    ChoiceOptions.declare(spec);
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var number = ApplyCommand.number(call.count(PLAN), call);
      var approval = new Approval(number, ChoiceOptions.of(call));
      long released = workplace.plans().approve(flow.id(), approval, Correlation.current().actor());
      if (call.json()) {
        var answer = ApprovalJson.of(flow.id(), number, released);
        call.terminal().out().println(Faces.json(answer));
      } else {
        call.terminal()
            .out()
            .println(released + " changes released; next: tenure apply " + flow.id());
      }
      return 0;
    }
  }
}
