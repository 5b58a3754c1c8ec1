package dev.tenure.cli.administration;

import dev.tenure.cli.Call;
import dev.tenure.cli.Command;
import dev.tenure.cli.Faces;
import dev.tenure.cli.Workplace;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/// A command that opens the workplace, does one thing, and shows one answer.
record Task(String name, String summary, Consumer<CommandSpec> options, Work work)
    implements Command {

  /// What is done.
  interface Work {
    Answer answer(Call call, Workplace workplace);
  }

  /// The answer, for people and for programs.
  record Answer(String text, JsonNode json) {}

  @Override
  public void declare(CommandSpec spec) {
    options.accept(spec);
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var answer = work.answer(call, workplace);
      var text = call.json() ? Faces.json(answer.json()) : answer.text().stripTrailing();
      call.terminal().out().println(text);
      return 0;
    }
  }
}
