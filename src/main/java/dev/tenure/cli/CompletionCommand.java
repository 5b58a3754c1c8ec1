package dev.tenure.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/// `tenure completion SHELL`: the script that teaches a shell the commands and their options.
public final class CompletionCommand implements Command {
  private static final String SHELL = "SHELL";
  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String summary() {
    return "Prints a script that completes commands and options in bash or zsh.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.parameter(spec, SHELL, "bash or zsh; the script is for both.");
  }

  @Override
  public int run(Call call) {
    var shell = call.text(SHELL);
    if (!SHELLS.contains(shell)) {
      throw call.usage("there is completion for bash and zsh, not for '" + shell + "'");
    }
    var commands = call.typed().commandSpec().root().commandLine();
    call.terminal().out().print(AutoComplete.bash("tenure", commands));
    return 0;
  }
}
