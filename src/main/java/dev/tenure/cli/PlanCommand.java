package dev.tenure.cli;

import dev.tenure.cli.PlanView.Most;
import dev.tenure.flow.CycleReport;
import dev.tenure.flow.Flow;
import dev.tenure.flow.PersonPlanner;
import dev.tenure.plan.Change;
import dev.tenure.problem.Code;
import dev.tenure.view.CycleJson;
import java.time.Duration;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// Reads both ends of a flow, and shows what would be done and why. Sends nothing.
final class PlanCommand implements Command {
  private static final String ALL = "--all";
  private static final String PERSON = "--person";

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "Shows what a flow would change, and why. Nothing is sent.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.flag(spec, ALL, "Show every change, however many there are.");
    Commands.option(spec, PERSON, "PERSON", "Only for this key, or a value that only they have.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var person = call.optional(PERSON);
      if (person.isPresent()) return one(call, workplace, flow, person.get());
      var report = workplace.cycle().plan(flow);
      var out = call.terminal().out();
      if (call.json()) {
        out.println(Faces.json(CycleJson.of(report)));
      } else {
        out.print(text(report, call.flag(ALL)));
      }
      return exit(report);
    }
  }

  private static int one(Call call, Workplace workplace, Flow flow, String person) {
    var report = new PersonPlanner(workplace.cycle()).plan(flow, person);
    var out = call.terminal().out();
    if (call.json()) {
      out.println(Faces.json(CycleJson.of(report)));
    } else {
      out.print(text(report, true));
    }
    return exit(report);
  }

  /// The plan with its number, how long the steps took, and what to do next.
  static String text(CycleReport report, boolean all) {
    var title = report.number().map(n -> "plan " + n).orElse("plan") + " of flow " + report.flow();
    var steps =
        report.steps().entrySet().stream()
            .map(e -> e.getKey() + " " + seconds(e.getValue()))
            .collect(Collectors.joining(", "));
    var read =
        "read %d people, %d in scope; %d accounts; took %s\n"
            .formatted(
                report.counts().read(),
                report.counts().inScope(),
                report.plan().population().accounts(),
                steps);
    var next = report.number().map(n -> "next: tenure apply " + report.flow() + "\n").orElse("");
    return PlanView.text(report.plan(), title, all ? Most.WHOLE : Most.USUAL) + read + next;
  }

  private static String seconds(Duration duration) {
    return "%.2f s".formatted(duration.toMillis() / 1000.0);
  }

  /// 3 where the guard holds something back, 1 where the source gave no complete answer, else 0.
  static int exit(CycleReport report) {
    if (report.plan().changes().stream().anyMatch(Change::held)) return Code.GUARD_HELD.exit();
    return report.counts().complete() ? 0 : 1;
  }
}
