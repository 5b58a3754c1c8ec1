package dev.tenure.target.scim;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply.Answer;
import java.net.URI;
import java.util.Map;

/// What is said of a target that fails; never with its token (law 10).
final class Failures {
  private final URI base;

  Failures(URI base) {
    this.base = base;
  }

  Problem unreachable(String why) {
    return problem(
        Code.TARGET_UNREACHABLE,
        "the target cannot be reached: " + why,
        "see that the address is right and that the server runs");
  }

  /// Why a read failed that was answered so.
  Problem unread(Answer answer) {
    return switch (answer.status()) {
      case 401, 403 -> refused(answer);
      case 429, 503 ->
          said(
              answer,
              Code.TARGET_BUSY,
              "the target is busy for too long",
              "try again later, or see who else uses up its rate limit");
      case 404 ->
          said(
              answer,
              Code.TARGET_REFUSED,
              "the target has no users at this address",
              "see that the address is the one above /Users");
      default ->
          said(
              answer,
              Code.TARGET_INCOMPLETE,
              "the target did not give all its accounts",
              "see the target's log");
    };
  }

  Problem refused(Answer answer) {
    return said(
        answer,
        Code.TARGET_REFUSED,
        answer.status() == 401
            ? "the target does not accept the token"
            : "the token may not do this at the target",
        answer.status() == 401
            ? "see that the token is right and has not expired"
            : "give its client the right to view, add, edit and delete users");
  }

  /// Pages that do not add up.
  Problem incomplete(String why) {
    return problem(
        Code.TARGET_INCOMPLETE,
        "the target's pages do not add up: " + why,
        "try again; if it stays so, the target's paging is at fault");
  }

  Problem stale(Answer answer) {
    return said(answer, stale());
  }

  Problem stale() {
    return problem(
        Code.CHANGE_STALE,
        "the account is not as it was when this was planned",
        "nothing: it is planned again");
  }

  Problem taken(Answer answer) {
    return said(
        answer,
        Code.MATCH_CONFLICT,
        "the target has an account with one of these values already",
        "see who has it, and add a match rule or give one of the two another value");
  }

  Problem rejected(Answer answer) {
    return said(
        answer,
        Code.CHANGE_REFUSED,
        "the target refuses this change",
        "see the target's words, and correct the source or the mapping");
  }

  Problem rejected(String why) {
    return problem(
        Code.CHANGE_REFUSED,
        "this change cannot be made of the account that is there: " + why,
        "correct the source, the mapping or the account");
  }

  Problem noGroups(Answer answer) {
    return said(
        answer,
        Code.CHANGE_REFUSED,
        "the target lets no client make groups",
        "make the group by the target's own means, or write 'missing: finding'");
  }

  Problem unknown(String why) {
    return problem(
        Code.CHANGE_UNKNOWN,
        "it is not known whether this was done: " + why,
        "nothing: it is looked up before it is repeated");
  }

  Problem unknown(Answer answer) {
    return said(
        answer,
        Code.CHANGE_UNKNOWN,
        "it is not known whether this was done",
        "nothing: it is looked up before it is repeated");
  }

  private Problem said(Answer answer, Code code, String message, String remedy) {
    return said(answer, problem(code, message, remedy));
  }

  private static Problem said(Answer answer, Problem bare) {
    var problem = bare.with("answer", Answers.words(answer));
    return Answers.reference(answer).map(r -> problem.with("reference", r)).orElse(problem);
  }

  private Problem problem(Code code, String message, String remedy) {
    return new Problem(code, message, Map.of("target", base.toString()), remedy);
  }
}
