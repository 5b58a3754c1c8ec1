package dev.tenure.cli;

import dev.tenure.deliver.DeliveryReport;
import dev.tenure.view.CycleJson;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// Sends the changes of leavers once more that failed in one of their steps.
final class RetryCommand implements Command {
  private static final String PERSON = "PERSON";

  @Override
  public String name() {
    return "retry";
  }

  @Override
  public String summary() {
    return "Sends leavers' changes again that were refused or given up; what is done stays.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.optionalParameter(
        spec, PERSON, "The person's key, or a value such as userName; else all of them.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      List<DeliveryReport> reports;
      try (var line = new ProgressLine(call.terminal(), "retry", System::nanoTime)) {
        reports = workplace.cycle().retry(flow, call.optional(PERSON), ApplyCommand.progress(line));
      }
      call.terminal().out().println(call.json() ? json(reports) : text(reports));
      return reports.stream().mapToInt(ApplyCommand::exit).max().orElse(0);
    }
  }

  private static String json(List<DeliveryReport> reports) {
    var all = JsonNodeFactory.instance.objectNode();
    var plans = all.putArray("plans");
    reports.forEach(report -> plans.add(CycleJson.of(report)));
    return Faces.json(all);
  }

  private static String text(List<DeliveryReport> reports) {
    if (reports.isEmpty()) return "no leaver's change failed: there is nothing to send again";
    return reports.stream().map(ApplyCommand::text).collect(Collectors.joining("\n"));
  }
}
