package dev.tenure.cli;

import dev.tenure.view.PauseJson;
import picocli.CommandLine.Model.CommandSpec;

/// Stops sending.
final class PauseCommand implements Command {
  private static final String REASON = "--reason";
  private static final String LEAVERS = "--but-leavers";

  @Override
  public String name() {
    return "pause";
  }

  @Override
  public String summary() {
    return "Stops sending the changes of a flow, on all nodes; it goes on reading and planning.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.option(spec, REASON, "TEXT", "Why, for who looks later.");
    Commands.flag(spec, LEAVERS, "Leavers are sent nevertheless.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      workplace.pauses().pause(flow.id(), call.optional(REASON).orElse(""), call.flag(LEAVERS));
      if (call.json()) {
        var answer = PauseJson.paused(flow.id(), call.flag(LEAVERS));
        call.terminal().out().println(Faces.json(answer));
      } else {
        call.terminal().out().println("paused; next: tenure resume " + flow.id());
      }
      return 0;
    }
  }
}
