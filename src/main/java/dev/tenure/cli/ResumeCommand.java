package dev.tenure.cli;

import dev.tenure.view.PauseJson;
import picocli.CommandLine.Model.CommandSpec;

/// Goes on sending.
final class ResumeCommand implements Command {
  @Override
  public String name() {
    return "resume";
  }

  @Override
  public String summary() {
    return "Goes on sending the changes of a flow that was paused.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      boolean wasPaused = workplace.pauses().resume(flow.id());
      if (call.json()) {
        var answer = PauseJson.resumed(flow.id(), wasPaused);
        call.terminal().out().println(Faces.json(answer));
      } else {
        call.terminal().out().println(wasPaused ? "resumed" : "it was not paused");
      }
      return 0;
    }
  }
}
