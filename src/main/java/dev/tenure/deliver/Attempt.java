package dev.tenure.deliver;

import dev.tenure.plan.Lane;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.ScimException;
import dev.tenure.target.Account;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.trace.Span;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One try of one change: what was asked of the target, and what it answered.
final class Attempt {
  /// How a try ended. `found`: an earlier one had made the account already. `doubtful`: the request
  /// may have happened, whatever the outcome says of this try.
  record Result(
      Leased leased,
      Request request,
      Outcome outcome,
      boolean found,
      boolean doubtful,
      Optional<ReadBack> readBack,
      List<Step> steps) {
    Result {
      steps = List.copyOf(steps);
    }

    /// Nothing was sent, for what is there is what was asked for.
    static Result seen(Leased leased, Request request, Outcome.Done done) {
      var confirmed = Optional.of(ReadBack.CONFIRMED);
      return new Result(leased, request, done, false, false, confirmed, NO_STEPS);
    }

    /// The same, read again.
    Result with(Outcome.Done seen, ReadBack shown) {
      return new Result(leased, request, seen, found, doubtful, Optional.of(shown), steps);
    }

    /// The same that went no further: it may be tried again as a whole.
    Result stopped(Outcome reason) {
      return new Result(leased, request, reason, found, true, NOT_READ, NO_STEPS);
    }

    /// The same that went no further than so: the steps that are not done have no time.
    Result stopped(Outcome reason, List<Step> far) {
      return new Result(leased.at(far), request, reason, found, true, NOT_READ, NO_STEPS);
    }

    /// The same with what was ended besides.
    Result with(List<Step> all) {
      return new Result(leased, request, outcome, found, doubtful, readBack, all);
    }
  }

  /// Nobody looked.
  private static final Optional<ReadBack> NOT_READ = Optional.empty();

  /// Nothing was ended besides.
  private static final List<Step> NO_STEPS = List.of();

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private final Target target;
  private final LockingOut lockingOut;

  Attempt(Target target, Clock clock) {
    this.target = target;
    this.lockingOut = new LockingOut(target, clock);
  }

  /// See [Target#togetherMax].
  int togetherMax() {
    return target.togetherMax();
  }

  /// Sends what is to go as one request. What of it can no longer be read is not sent.
  List<Result> of(Parcel parcel) {
    if (parcel.changes().size() == 1) return List.of(recorded(parcel.changes().getFirst()));
    var span = Span.current().child("changes").with("tenure.changes", parcel.changes().size());
    return span.around(() -> together(parcel));
  }

  private List<Result> together(Parcel parcel) {
    var results = new ArrayList<Result>();
    var changes = new ArrayList<Leased>();
    var requests = new ArrayList<Request>();
    for (var leased : parcel.changes()) {
      try {
        requests.add(ChangeJson.request(leased.request(), target.userType()));
        changes.add(leased);
      } catch (ScimException e) {
        results.add(stale(leased, NOTHING, unreadable(leased, e)));
      }
    }
    var outcomes = outcomes(changes, requests);
    for (int i = 0; i < changes.size(); i++) {
      results.add(answered(changes.get(i), requests.get(i), outcomes.get(i)));
    }
    return results;
  }

  private List<Outcome> outcomes(List<Leased> changes, List<Request> requests) {
    try {
      return requests.isEmpty() ? List.of() : target.together(requests);
    } catch (RuntimeException e) {
      return changes.stream().map(leased -> failed(leased, e)).toList();
    }
  }

  /// The same as a step of the delivery: of whom it is, the plan knows.
  private Result recorded(Leased leased) {
    var span = Span.current().child("change").tried(leased.attempts() - 1);
    if (!span.isRecorded()) return of(leased);
    span.with("tenure.plan", leased.plan().value())
        .with("tenure.change", leased.seq())
        .with("tenure.lane", leased.lane().name().toLowerCase(Locale.ROOT))
        .with("tenure.attempt", leased.attempts());
    return span.around(() -> {
      var result = of(leased);
      var outcome = result.outcome().getClass().getSimpleName().toLowerCase(Locale.ROOT);
      span.with("tenure.outcome", outcome);
      if (!(result.outcome() instanceof Outcome.Done)) span.failed(outcome);
      return result;
    });
  }

  /// Sends the change; looks first where it may have happened (law 4).
  Result of(Leased leased) {
    Request request;
    try {
      request = ChangeJson.request(leased.request(), target.userType());
    } catch (ScimException e) {
      return stale(leased, NOTHING, unreadable(leased, e));
    }
    if (leased.way().isAhead()) return sent(leased, aside(leased, (Request.Patch) request));
    if (leased.way().kept()) return kept(leased, request);
    return tried(leased, after(leased, request));
  }

  private Result tried(Leased leased, Request request) {
    if (leased.doubtful() && request instanceof Request.Create create) {
      return looked(leased, create);
    }
    return leased.lane() == Lane.LEAVER
        ? lockingOut.of(leased, request, () -> sent(leased, request))
        : sent(leased, request);
  }

  /// The account makes way for somebody: the name that it is to get stands nowhere in the request.
  private static Request aside(Leased leased, Request.Patch patch) {
    return new Request.Patch(
        patch.account(),
        Aside.of(patch.operations(), leased.way().detour().orElseThrow()),
        patch.ifMatch());
  }

  /// The precondition of who stepped aside is the version that came of it.
  private static Request after(Leased leased, Request request) {
    var version = leased.way().passed();
    if (version.isEmpty() || !(request instanceof Request.Patch patch)) return request;
    return new Request.Patch(
        patch.account(), patch.operations(), version.filter(v -> !v.isEmpty()));
  }

  private static Result kept(Leased leased, Request request) {
    var problem =
        new Problem(
            Code.CHANGE_STALE,
            "the userName is still another's, who was to give it up before",
            Map.of("person", leased.person().value()),
            "nothing: the next cycle plans it anew");
    return stale(leased, request, problem);
  }

  /// Nothing was sent.
  private static Result stale(Leased leased, Request request, Problem why) {
    return new Result(leased, request, new Outcome.Stale(why), false, false, NOT_READ, NO_STEPS);
  }

  /// Stands for a request that this target's schemas no longer allow to be read.
  private static final Request NOTHING = new Request.Create(dev.tenure.scim.Resource.empty());

  /// A PATCH or DELETE is repeated with the same precondition: where it had happened, the target
  /// says that it is stale, and the next cycle looks at the account. Only a creation must be looked
  /// for.
  private Result looked(Leased leased, Request.Create create) {
    var found = guarded(leased, () -> target.find(create));
    return switch (found) {
      case Outcome.Done(var account, _) when account.isPresent() ->
          new Result(leased, create, found, true, false, NOT_READ, NO_STEPS);
      case Outcome.Done _ -> repeated(leased, create);
      case Outcome.Busy _, Outcome.Barred _ ->
          new Result(leased, create, found, false, true, NOT_READ, NO_STEPS);
      // The look failed: nothing is known of the creation itself.
      case Outcome.Stale(var problem) -> unclear(leased, create, problem);
      case Outcome.Refused(var problem) -> unclear(leased, create, problem);
      case Outcome.Unknown(var problem) -> unclear(leased, create, problem);
    };
  }

  /// What was not there a moment ago may have come meanwhile: an earlier try that arrives late, or
  /// a search that lags behind. Then the repetition meets the account, and it is ours.
  private Result repeated(Leased leased, Request.Create create) {
    var result = sent(leased, create);
    if (!(result.outcome() instanceof Outcome.Refused(var problem))
        || problem.code() != Code.MATCH_CONFLICT) {
      return result;
    }
    var found = guarded(leased, () -> target.find(create));
    return found instanceof Outcome.Done(var account, _) && account.isPresent()
        ? new Result(leased, create, found, true, false, NOT_READ, NO_STEPS)
        : unclear(leased, create, problem);
  }

  private static Result unclear(Leased leased, Request create, Problem problem) {
    return new Result(
        leased, create, new Outcome.Unknown(problem), false, true, NOT_READ, NO_STEPS);
  }

  private Result sent(Leased leased, Request request) {
    return answered(leased, request, guarded(leased, () -> target.send(request)));
  }

  private static Result answered(Leased leased, Request request, Outcome said) {
    var outcome = said;
    if (request instanceof Request.Create
        && outcome instanceof Outcome.Done(var account, _)
        && account.isEmpty()) {
      outcome = new Outcome.Unknown(withoutAccount(leased));
    }
    return new Result(
        leased, request, outcome, false, outcome instanceof Outcome.Unknown, NOT_READ, NO_STEPS);
  }

  /// A target that throws has a fault of its own; the request may have been sent before.
  static Outcome guarded(Leased leased, Supplier<Outcome> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return failed(leased, e);
    }
  }

  private static Outcome failed(Leased leased, RuntimeException e) {
    LOG.warn("the target's adapter failed", e);
    return new Outcome.Unknown(
        new Problem(
            Code.INTERNAL,
            "the target's adapter failed: " + e.getClass().getSimpleName(),
            Map.of("person", leased.person().value()),
            "see the server log, and report it"));
  }

  private static Problem withoutAccount(Leased leased) {
    return new Problem(
        Code.CHANGE_UNKNOWN,
        "the target took the creation, but did not say which account it made",
        Map.of("person", leased.person().value()),
        "nothing: Tenure looks for the account before it tries again");
  }

  private static Problem unreadable(Leased leased, ScimException e) {
    return new Problem(
        Code.CHANGE_STALE,
        "the target's schemas no longer fit the planned request: " + e.getMessage(),
        Map.of("person", leased.person().value()),
        "nothing: the next cycle plans it anew");
  }

  /// The account that a creation made or found.
  static Optional<Account> account(Outcome outcome) {
    return outcome instanceof Outcome.Done(var account, _) ? account : Optional.empty();
  }
}
