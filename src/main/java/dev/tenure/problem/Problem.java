package dev.tenure.problem;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One thing that is wrong. `message` is one line without a full stop and without secrets (law 10);
/// `details` name the person, rule, file, value …; `remedy` says what to do.
public record Problem(Code code, String message, SortedMap<String, String> details, String remedy) {
  public Problem {
    details = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  public Problem(Code code, String message, Map<String, String> details, String remedy) {
    this(code, message, new TreeMap<>(details), remedy);
  }

  /// This problem with one more detail.
  public Problem with(String name, String value) {
    var more = new TreeMap<>(details);
    more.put(name, value);
    return new Problem(code, message, more, remedy);
  }

  /// For throwing where nothing can go on.
  public Found found() {
    return new Found(List.of(this));
  }

  /// `CODE: message (name=value …); remedy`, in one line.
  public String line() {
    var facts =
        details.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", "));
    return code + ": " + message + (facts.isEmpty() ? "" : " (" + facts + ")") + "; " + remedy;
  }

  /// Thrown where problems end the work at hand; carries all of them, at least one.
  public static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public Found(List<Problem> problems) {
      super(problems.stream().map(Problem::line).collect(Collectors.joining("\n")));
      if (problems.isEmpty()) throw new IllegalArgumentException("found, but what?");
      this.problems = List.copyOf(problems);
    }

    /// The same, remembering what lay beneath.
    public Found(Problem problem, Throwable cause) {
      super(problem.line(), cause);
      this.problems = List.of(problem);
    }

    public List<Problem> problems() {
      return problems;
    }

    /// Whether one of them has this code.
    public boolean has(Code code) {
      return problems.stream().anyMatch(p -> p.code() == code);
    }
  }
}
