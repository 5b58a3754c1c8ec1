package dev.tenure.cli;

import dev.tenure.flow.Rules;
import dev.tenure.flow.Simulation;
import dev.tenure.flow.Simulation.Group;
import dev.tenure.flow.Simulation.Report;
import dev.tenure.view.SimulationJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Shows whose outcome another configuration would change, and what makes the difference.
final class SimulateCommand implements Command {
  private static final String WITH = "--with";
  private static final String ALL = "--all";
  private static final int SHOWN = 3;
  private static final int ALL_OF_THEM = Integer.MAX_VALUE;

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String summary() {
    return "Shows whose outcome another configuration would change, and why. Nothing is written.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.option(spec, WITH, "FILE", "The other configuration.");
    Commands.flag(spec, ALL, "Name everybody, not only a few of each cause.");
  }

  @Override
  public int run(Call call) {
    var other =
        call.optional(WITH).orElseThrow(() -> call.usage("name the other configuration: --with"));
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var others = call.installation().rules(workplace, Path.of(other), flow.id());
      var rules = new Rules(flow.source(), flow.policy());
      var byHand = workplace.cycle().rulings(flow);
      var report = Simulation.of(rules, others, byHand, flow.clock().instant());
      var out = call.terminal().out();
      if (call.json()) out.println(Faces.json(SimulationJson.of(report, ALL_OF_THEM, ALL_OF_THEM)));
      else out.print(text(report, call.flag(ALL) ? ALL_OF_THEM : SHOWN));
      return 0;
    }
  }

  private static String text(Report report, int shownMax) {
    var lines = new ArrayList<String>();
    for (var group : report.groups()) lines(group, shownMax, lines);
    lines.add(
        "%d of %d people would have another outcome"
            .formatted(report.differing(), report.people()));
    return String.join("\n", lines) + "\n";
  }

  private static void lines(Group group, int shownMax, List<String> lines) {
    int count = group.cases().size();
    lines.add("%s: %d %s".formatted(group.cause(), count, count == 1 ? "person" : "people"));
    group.cases().stream()
        .limit(shownMax)
        .forEach(one -> lines.add("  " + one.person() + ": " + one.difference()));
    if (count > shownMax) lines.add("  … " + (count - shownMax) + " more (--all)");
  }
}
