package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.StoredPlan;
import dev.tenure.view.StoredPlanJson;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Lists the plans of a flow, newest first.
final class PlansCommand implements Command {
  private static final String LIMIT = "--limit";
  private static final int USUAL = 20;

  @Override
  public String name() {
    return "plans";
  }

  @Override
  public String summary() {
    return "Lists a flow's plans, newest first.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.option(spec, LIMIT, "N", "At most so many; 20 where nothing is said.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var limit = call.optional(LIMIT).isPresent() ? call.count(LIMIT) : USUAL;
      var plans = workplace.plans().list(flow.id(), limit);
      call.terminal()
          .out()
          .print(call.json() ? Faces.json(StoredPlanJson.of(plans)) + "\n" : table(plans));
      return 0;
    }
  }

  private static String table(List<StoredPlan> plans) {
    return Faces.table(
        plans,
        List.of(
            new Column<>("plan", p -> p.number().value()),
            new Column<>("made", StoredPlan::madeAt),
            new Column<>("by", StoredPlan::madeBy),
            new Column<>("state", p -> p.state().wire()),
            new Column<>("changes", StoredPlan::size),
            new Column<>("done", p -> p.count(ChangeState.DONE)),
            new Column<>("held", p -> p.count(ChangeState.HELD)),
            new Column<>("findings", p -> p.findings().size()),
            new Column<>("approved by", p -> p.approvedBy().orElse(""))));
  }
}
