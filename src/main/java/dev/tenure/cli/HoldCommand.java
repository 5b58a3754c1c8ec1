package dev.tenure.cli;

import dev.tenure.deliver.Plans;
import dev.tenure.deliver.Plans.Holding;
import dev.tenure.view.HoldingJson;
import picocli.CommandLine.Model.CommandSpec;

/// Holds back what is still to be sent of a plan.
final class HoldCommand implements Command {
  private static final String PLAN = "PLAN";
  private static final String LEAVERS = "--leavers";
  private static final String REASON = "--reason";

  @Override
  public String name() {
    return "hold";
  }

  @Override
  public String summary() {
    return "Holds back what is still to be sent of a plan, until it is approved.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.parameter(spec, PLAN, "The plan's number.");
    ChoiceOptions.declare(spec);
    Commands.flag(spec, LEAVERS, "Leavers, too; they go on otherwise.");
    Commands.option(spec, REASON, "TEXT", "Why you hold it, for who looks later.");
  }

  @Override
  public int run(Call call) {
    try (var workplace = call.open()) {
      var flow = workplace.flow(call.flow());
      var number = ApplyCommand.number(call.count(PLAN), call);
      var reason = call.optional(REASON).orElse("");
      var hold = new Plans.Hold(number, ChoiceOptions.of(call), call.flag(LEAVERS), reason);
      var holding = workplace.plans().hold(flow.id(), hold);
      var out = call.terminal().out();
      if (call.json()) {
        out.println(Faces.json(HoldingJson.of(flow.id(), number, holding)));
      } else {
        out.println(words(holding));
        out.println("next: tenure approve " + flow.id() + " " + number + " lets it go on");
      }
      return 0;
    }
  }

  private static String words(Holding holding) {
    var words = holding.held() + " changes held";
    if (holding.sending() > 0) {
      words += "; " + holding.sending() + " are being sent, held only if they come back unsent";
    }
    if (holding.leavers() > 0) {
      words += "; " + holding.leavers() + " leavers go on, " + LEAVERS + " holds them, too";
    }
    return words;
  }
}
