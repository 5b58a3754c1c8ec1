package dev.tenure.console;

import dev.tenure.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// What went wrong, as a page shows it.
public record Trouble(String title, List<Line> lines) {
  public Trouble {
    lines = List.copyOf(lines);
  }

  /// What is wrong, with what, and what to do about it.
  public record Line(String code, String message, String detail, String remedy) {
    public static Line of(Problem problem) {
      var detail =
          problem.details().entrySet().stream()
              .map(e -> e.getKey() + " " + e.getValue())
              .collect(Collectors.joining(" · "));
      return new Line(problem.code().name(), problem.message(), detail, problem.remedy());
    }

    /// All of these.
    public static List<Line> all(List<Problem> problems) {
      return problems.stream().map(Line::of).toList();
    }
  }

  static Trouble of(List<Problem> problems) {
    return new Trouble("This cannot be done", Line.all(problems));
  }

  static Trouble of(String title, String message, String remedy) {
    return new Trouble(title, List.of(new Line("", message, "", remedy)));
  }
}
