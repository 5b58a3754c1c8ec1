package dev.tenure.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/// Loads what commands need, so that the launcher can have the JVM record it. Does nothing else.
final class WarmUpCommand implements Command {
  @Override
  public String name() {
    return "warm-up";
  }

  @Override
  public String summary() {
    return "";
  }

  @Override
  public void declare(CommandSpec spec) {}

  @Override
  public int run(Call call) {
    if (call.optional("--config").isPresent()) {
      call.installation().check(Path.of(call.text("--config")));
    }
    return 0;
  }
}
