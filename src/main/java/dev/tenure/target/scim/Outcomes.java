package dev.tenure.target.scim;

import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.target.Outcome;
import dev.tenure.target.Request;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Which of the outcomes a failed request has.
public final class Outcomes {
  /// Nothing was sent, so that it may be tried again, but not at once.
  private static final Duration UNREACHABLE = Duration.ofSeconds(5);

  private final Failures failures;
  private final Clock clock;

  /// For the target at this address.
  public Outcomes(URI base, Clock clock) {
    this(new Failures(base), clock);
  }

  Outcomes(Failures failures, Clock clock) {
    this.failures = failures;
    this.clock = clock;
  }

  public Outcome notSent() {
    return new Outcome.Busy(UNREACHABLE);
  }

  public Outcome noAnswer(String why) {
    return new Outcome.Unknown(failures.unknown(why));
  }

  /// For an account that is not as it was planned from.
  Outcome stale() {
    return new Outcome.Stale(failures.stale());
  }

  /// For a change that cannot be made of what is there.
  Outcome refused(ScimException why) {
    return new Outcome.Refused(failures.rejected(why.detail()));
  }

  /// For an answer that is no success.
  public Outcome failed(Request request, Answer answer) {
    return switch (answer.status()) {
      case 401 -> new Outcome.Barred(failures.refused(answer));
      case 403 -> new Outcome.Refused(failures.refused(answer));
      case 404 -> missing(request, answer);
      case 408 -> new Outcome.Unknown(failures.unknown(answer));
      case 409 -> conflict(request, answer);
      case 412 -> new Outcome.Stale(failures.stale(answer));
      case 429, 503 -> new Outcome.Busy(Answers.wait(answer, clock), Answers.reference(answer));
      default -> other(answer);
    };
  }

  /// What is to be deleted and is not there is deleted. To create has no account that could be
  /// missing: there the address is wrong.
  private Outcome missing(Request request, Answer answer) {
    return switch (request) {
      case Request.Create _, Request.CreateGroup _ -> new Outcome.Refused(failures.unread(answer));
      case Request.Patch _, Request.Members _ -> new Outcome.Stale(failures.stale(answer));
      case Request.Delete _ -> new Outcome.Done(Optional.empty(), Answers.reference(answer));
    };
  }

  private Outcome conflict(Request request, Answer answer) {
    var isTaken = request instanceof Request.Create || Answers.has(answer, ScimType.uniqueness);
    return isTaken
        ? new Outcome.Refused(failures.taken(answer))
        : new Outcome.Stale(failures.stale(answer));
  }

  private Outcome other(Answer answer) {
    if (answer.status() >= 500) return new Outcome.Unknown(failures.unknown(answer));
    // Genesys Cloud answers 400 invalidVers, not 412, to a stale If-Match: it is the same fact.
    return Answers.has(answer, ScimType.invalidVers)
        ? new Outcome.Stale(failures.stale(answer))
        : new Outcome.Refused(failures.rejected(answer));
  }
}
