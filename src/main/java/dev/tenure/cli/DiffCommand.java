package dev.tenure.cli;

import dev.tenure.deliver.StoredChange;
import dev.tenure.flow.Flow;
import dev.tenure.plan.Change;
import dev.tenure.plan.PlanDiff;
import dev.tenure.view.DiffJson;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Shows what one plan has and another has not.
final class DiffCommand implements Command {
  private static final String BEFORE = "PLAN";
  private static final String AFTER = "OTHER";

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String summary() {
    return "Shows what is new, gone and changed in one plan against another.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.parameter(spec, BEFORE, "The number of the one plan.");
    Commands.parameter(spec, AFTER, "The number of the other, usually newer one.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var diff =
          PlanDiff.between(
              changes(call, workplace, flow, BEFORE), changes(call, workplace, flow, AFTER));
      call.terminal().out().print(call.json() ? Faces.json(DiffJson.of(diff)) + "\n" : text(diff));
      return 0;
    }
  }

  private static List<Change> changes(Call call, Workplace workplace, Flow flow, String which) {
    var number = ShowCommand.plan(call, workplace, flow, which).number();
    return workplace.plans().changes(flow.id(), number, flow.planner().userType()).stream()
        .map(StoredChange::change)
        .toList();
  }

  private static String text(PlanDiff diff) {
    var lines = new ArrayList<String>();
    lines.add(
        "%d new, %d gone, %d changed, %d the same"
            .formatted(
                diff.added().size(), diff.gone().size(), diff.changed().size(), diff.same()));
    diff.added().forEach(c -> lines.add("  > " + line(c)));
    diff.gone().forEach(c -> lines.add("  < " + line(c)));
    for (var pair : diff.changed()) {
      lines.add("  < " + line(pair.before()));
      lines.add("  > " + line(pair.after()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(Change change) {
    if (!change.isOfGroup()) return PlanView.head(change) + PlanView.attributes(change);
    return "~ %s (%s)  %s".formatted(change.name(), change.person(), GroupLines.one(change));
  }
}
