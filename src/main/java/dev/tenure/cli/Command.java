package dev.tenure.cli;

import java.util.List;
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

  /// What `--output` may be; the first is the default.
  default List<String> outputs() {
    return List.of("table", "json");
  }

  /// Commands below this one, such as `audit export`. A parameter of this one must then be optional
  /// to the parser.
  default List<Command> commands() {
    return List.of();
  }
}
