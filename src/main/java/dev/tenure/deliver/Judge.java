package dev.tenure.deliver;

import dev.tenure.deliver.Attempt.Result;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Decides what an outcome means for the change.
final class Judge {
  /// Who is not let in tries again as after so many failures: within 16 seconds.
  private static final int BARRED_FAILURES = 5;

  private final Backoff backoff;
  private final int attemptsMax;

  Judge(Backoff backoff, int attemptsMax) {
    this.backoff = backoff;
    this.attemptsMax = attemptsMax;
  }

  /// `resume`: when a target that is busy wants to hear from us again.
  Settlement settlement(Result result, Instant resume) {
    var leased = result.leased();
    return switch (result.outcome()) {
      case Outcome.Done(var account, var reference) when leased.way().isAhead() ->
          new Settlement.Passed(leased, account, reference);
      case Outcome.Done(var account, var reference) -> {
        var created = result.request() instanceof Request.Create;
        yield new Settlement.Done(
            leased,
            created ? account.map(Account::id) : Optional.empty(),
            result.request() instanceof Request.Delete,
            result.found(),
            reference,
            account,
            result.readBack(),
            result.steps());
      }
      // Being sent away is no failure of the change.
      case Outcome.Busy busy ->
          new Settlement.Again(
              leased, resume, result.doubtful() || leased.doubtful(), false, busy(leased, busy));
      case Outcome.Barred(var problem) ->
          new Settlement.Again(
              leased,
              backoff.nextTry(BARRED_FAILURES),
              result.doubtful() || leased.doubtful(),
              false,
              about(leased, problem));
      case Outcome.Stale(var problem) ->
          new Settlement.Failed(leased, ChangeState.STALE, about(leased, problem));
      case Outcome.Refused(var problem) ->
          new Settlement.Failed(leased, ChangeState.REFUSED, about(leased, problem));
      case Outcome.Unknown(var problem) -> again(result, about(leased, problem));
    };
  }

  /// Tells the budget how the try went for the target as a whole: whether it does anything at all.
  static void failure(Result result, dev.tenure.target.Budget budget) {
    var person = result.leased().person().value();
    switch (result.outcome()) {
      case Outcome.Done _, Outcome.Stale _ -> budget.worked(person, Optional.empty());
      case Outcome.Busy _ -> {}
      case Outcome.Barred(var problem) -> budget.worked(person, Optional.of(problem));
      case Outcome.Unknown(var problem) -> budget.worked(person, Optional.of(problem));
      case Outcome.Refused(var problem) ->
          budget.worked(person, Optional.of(problem).filter(p -> p.code() == Code.TARGET_REFUSED));
    }
  }

  private Settlement again(Result result, Problem problem) {
    var leased = result.leased();
    if (leased.attempts() >= attemptsMax) {
      return new Settlement.Failed(
          leased, ChangeState.DEAD, problem.with("attempts", Integer.toString(leased.attempts())));
    }
    var doubtful = result.doubtful() || leased.doubtful();
    return new Settlement.Again(
        leased, backoff.nextTry(leased.attempts()), doubtful, true, problem);
  }

  private static Problem about(Leased leased, Problem problem) {
    return problem.with("person", leased.person().value());
  }

  private static Problem busy(Leased leased, Outcome.Busy busy) {
    var problem =
        new Problem(
            Code.TARGET_BUSY,
            "the target asked to be left alone for " + busy.retryAfter().toMillis() + " ms",
            Map.of("person", leased.person().value()),
            "nothing: it is tried again then");
    return busy.reference().map(r -> problem.with("reference", r)).orElse(problem);
  }
}
