package dev.tenure.cli;

import dev.tenure.problem.Problem;
import dev.tenure.view.ProblemJson;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How problems are shown: one line each on the screen, or the record as JSON.
final class Problems {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Problems() {}

  static void show(List<Problem> problems, Terminal terminal, boolean json) {
    if (json) {
      var answer = NODES.objectNode();
      var array = answer.putArray("problems");
      problems.forEach(p -> array.add(json(p)));
      terminal.err().println(Faces.json(answer));
    } else {
      problems.forEach(p -> terminal.err().println(line(p, terminal)));
    }
  }

  /// The code stands out where there are colours: on a screen, unless NO_COLOR is set.
  private static String line(Problem problem, Terminal terminal) {
    var line = problem.line();
    var code = problem.code().name();
    if (!terminal.interactive() || !Ansi.AUTO.enabled() || !line.startsWith(code)) return line;
    return Style.bold.on()
        + Style.fg_red.on()
        + code
        + Style.reset.on()
        + line.substring(code.length());
  }

  static ObjectNode json(Problem problem) {
    return ProblemJson.of(problem);
  }

  /// What a command that ends with these exits with: usage and configuration first, then the guard.
  static int exit(List<Problem> problems) {
    var exits = problems.stream().map(p -> p.code().exit()).toList();
    if (exits.contains(2)) return 2;
    return exits.contains(1) ? 1 : 3;
  }
}
