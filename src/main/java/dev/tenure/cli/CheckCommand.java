package dev.tenure.cli;

import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads the configuration and says everything that is wrong with it.
final class CheckCommand implements Command {
  @Override
  public String name() {
    return "check";
  }

  @Override
  public String summary() {
    return "Checks the configuration: every mistake, with its place and its remedy.";
  }

  @Override
  public void declare(CommandSpec spec) {}

  @Override
  public int run(Call call) {
    call.installation().check(call.config());
    var out = call.terminal().out();
    if (call.json()) {
      var answer = JsonNodeFactory.instance.objectNode();
      answer.put("config", call.config().toString()).putArray("problems");
      out.println(Faces.json(answer));
    } else {
      out.println(call.config() + ": no mistakes");
    }
    return 0;
  }
}
