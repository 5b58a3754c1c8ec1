package dev.tenure.cli;

import dev.tenure.view.ExplanationJson;
import picocli.CommandLine.Model.CommandSpec;

/// Says why somebody has what they have in a target, or has nothing. Reads neither the source nor
/// the target, only what is known of them.
final class ExplainCommand implements Command {
  private static final String AT = "--at";

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String summary() {
    return "Says why a person has what they have, or has nothing, now or at an earlier time.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.parameter(spec, "PERSON", "The person's key, or a value that only they have.");
    Commands.option(spec, AT, "TIME", "As of this time; a day is its first moment (UTC).");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var at = call.time(AT).orElseGet(flow.clock()::instant);
      var explanation = workplace.explainer().explain(flow, call.text("PERSON"), at);
      var out = call.terminal().out();
      if (call.json()) out.println(Faces.json(ExplanationJson.of(explanation)));
      else out.print(ExplainView.text(explanation));
      return 0;
    }
  }
}
