package dev.tenure.source.scim;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply.Answer;
import java.net.URI;
import java.util.Map;

/// What is said of a server that fails; never with its token (law 10).
record ScimProblems(URI base) {
  /// Ends a read.
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Broken(Problem problem) {
      super(problem.line(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }

  Broken unreachable(String why) {
    return new Broken(
        problem(
            Code.SOURCE_UNREACHABLE,
            "the server cannot be reached: " + why,
            "see that the address is right and that the server runs"));
  }

  /// The connection ended, or no answer came, in the middle of a read.
  Broken cut(String why) {
    return new Broken(
        problem(
            Code.SOURCE_INCOMPLETE,
            "the read ended early: " + why,
            "try again; nobody was made a leaver by this"));
  }

  /// Why a read failed that was answered so.
  Broken unread(Answer answer) {
    return switch (answer.status()) {
      case 401, 403 ->
          said(
              answer,
              Code.SOURCE_REFUSED,
              "the server refuses to be read",
              "check the token and its rights to read users and groups");
      case 404 ->
          said(
              answer,
              Code.SOURCE_REFUSED,
              "the server has nothing at this address",
              "see that the address is the one above /Users");
      default ->
          said(
              answer,
              Code.SOURCE_INCOMPLETE,
              "the server did not give all there is",
              "try again, or see the server's log; nobody was made a leaver by this");
    };
  }

  /// Pages that do not add up.
  Broken incomplete(String why) {
    return new Broken(
        problem(
            Code.SOURCE_INCOMPLETE,
            "the pages do not add up: " + why,
            "try again; if it stays so, the server's paging is at fault"));
  }

  private Broken said(Answer answer, Code code, String message, String remedy) {
    var problem = problem(code, message, remedy).with("answer", Answers.words(answer));
    return new Broken(
        Answers.reference(answer).map(r -> problem.with("reference", r)).orElse(problem));
  }

  private Problem problem(Code code, String message, String remedy) {
    return new Problem(code, message, Map.of("source", base.toString()), remedy);
  }
}
