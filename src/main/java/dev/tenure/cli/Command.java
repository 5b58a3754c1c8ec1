package dev.tenure.cli;

import picocli.CommandLine.Model.CommandSpec;

/// One command. Stateless; what it needs comes with the call.
public interface Command {
  String name();

  /// One sentence, shown by `tenure --help`.
  String summary();

  /// Adds the command's own options and parameters.
  void declare(CommandSpec spec);

  /// Does it. Returns the exit code; throws [dev.tenure.problem.Problem.Found] for what ends it.
  int run(Call call) throws Exception;
}
