package dev.tenure.deliver;

import dev.tenure.deliver.Attempt.Result;
import dev.tenure.id.AccountId;
import dev.tenure.problem.Problem;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.target.Target.Ending;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The steps of a leaver's change: the request, then whether the target shows it, then what the
/// target does not end with it. A step begins when the one before is done, for a browser whose
/// session ends while the account is open just signs in again.
///
/// Every step may be repeated without harm. So where one fails the whole change is tried again, and
/// what the account shows of it already is not sent once more.
final class LockingOut {
  private final Target target;
  private final ReadingBack readingBack;
  private final Clock clock;

  LockingOut(Target target, Clock clock) {
    this.target = target;
    this.readingBack = new ReadingBack(target);
    this.clock = clock;
  }

  /// `sending` sends the request.
  Result of(Leased leased, Request request, Supplier<Result> sending) {
    var mayBeDone = leased.doubtful() && !target.endings().isEmpty();
    var before = mayBeDone ? readingBack.already(leased, request) : Optional.<Result>empty();
    var result = before.orElseGet(() -> readingBack.of(sending.get()));
    return result.outcome() instanceof Outcome.Done done ? ended(result, done) : result;
  }

  private Result ended(Result result, Outcome.Done done) {
    var asked = new Asked(result.request());
    var account = asked.account();
    if (account.isEmpty() || target.endings().isEmpty()) return result;
    var steps = new ArrayList<Step>();
    asked.itself().ifPresent(w -> steps.add(step(w, result.readBack(), done)));
    var endings = endings(asked);
    for (var what : endings) {
      var outcome = Attempt.guarded(result.leased(), () -> target.end(what, account.get()));
      if (!(outcome instanceof Outcome.Done over)) {
        endings.tailSet(what).stream().map(LockingOut::open).forEach(steps::add);
        return result.stopped(saying(what, outcome), steps);
      }
      steps.add(step(what.word(), Optional.of(seen(what)), over));
    }
    return result.with(steps);
  }

  /// What the target does not end with the request, in the order in which that is done.
  private SortedSet<Ending> endings(Asked asked) {
    return target.endings().stream()
        .filter(asked::ends)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Step open(Ending what) {
    return new Step(what.word(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Step step(String what, Optional<ReadBack> readBack, Outcome.Done done) {
    return new Step(what, Optional.of(clock.instant()), readBack, done.reference());
  }

  private static ReadBack seen(Ending what) {
    return what.isSeen() ? ReadBack.CONFIRMED : ReadBack.UNREAD;
  }

  /// Who reads of a refusal must know that the account itself is locked.
  private static Outcome saying(Ending what, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(var problem) -> new Outcome.Refused(again(about(what, problem)));
      case Outcome.Stale(var problem) -> new Outcome.Unknown(about(what, problem));
      case Outcome.Unknown(var problem) -> new Outcome.Unknown(about(what, problem));
      case Outcome.Barred(var problem) -> new Outcome.Barred(about(what, problem));
      case Outcome.Busy _, Outcome.Done _ -> outcome;
    };
  }

  /// The next plan sees a locked account, and asks for nothing.
  private static Problem again(Problem problem) {
    var remedy = problem.remedy() + "; then 'tenure retry' sends what is left";
    return new Problem(problem.code(), problem.message(), problem.details(), remedy);
  }

  private static Problem about(Ending what, Problem problem) {
    return problem.with("step", what.word());
  }

  /// What a request asks for.
  private record Asked(Request request) {
    Optional<AccountId> account() {
      return switch (request) {
        case Request.Patch(var account, _, _) -> Optional.of(account);
        case Request.Delete(var account, _) -> Optional.of(account);
        case Request.Create _, Request.Members _, Request.CreateGroup _ -> Optional.empty();
      };
    }

    Optional<String> itself() {
      if (request instanceof Request.Delete) return Optional.of("delete");
      return locks() ? Optional.of("deactivate") : Optional.empty();
    }

    boolean ends(Ending what) {
      return switch (what) {
        case SESSIONS -> request instanceof Request.Delete || locks();
        case GRANTS -> operations().stream().anyMatch(o -> is(o, "roles") && isRemoval(o));
      };
    }

    private boolean locks() {
      return operations().stream()
          .anyMatch(o ->
              o instanceof PatchOperation.Replace(_, var value)
                  && is(o, "active")
                  && value.isBoolean()
                  && !value.booleanValue());
    }

    private List<PatchOperation> operations() {
      return request instanceof Request.Patch(_, var operations, _) ? operations : List.of();
    }

    private static boolean isRemoval(PatchOperation operation) {
      return operation instanceof PatchOperation.Remove;
    }

    private static boolean is(PatchOperation operation, String attribute) {
      return PathParser.render(operation.path()).equalsIgnoreCase(attribute);
    }
  }
}
