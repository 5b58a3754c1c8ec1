package dev.tenure.target.scim;

import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.target.Budget;
import dev.tenure.target.Deviation;
import dev.tenure.target.Deviations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// How a server wants to be asked: what its ServiceProviderConfig offers, less what its answers
/// showed that it does not do.
final class Manners {
  private static final Duration OFFER_KEPT = Duration.ofHours(1);

  /// A server that does not answer must not be asked twice for each change.
  private static final Duration NO_OFFER_KEPT = Duration.ofMinutes(1);

  private final Wire wire;
  private final Budget budget;
  private final Deviations deviations;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private Offer offer = Offer.UNSAID;
  private Instant askAt = Instant.MIN;

  Manners(Wire wire, Budget budget, Deviations deviations, Clock clock) {
    this.wire = wire;
    this.budget = budget;
    this.deviations = deviations;
    this.clock = clock;
  }

  boolean patches() {
    return offer().patch() && !deviations.known().contains(Deviation.NO_PATCH);
  }

  /// Whether a search by this attribute may be tried.
  boolean searches(Deviation unless) {
    return offer().filter() && !deviations.known().contains(unless);
  }

  /// Whether a page is asked for by its number, as it may unless the server offers cursors only.
  boolean pagesByIndex() {
    return offer().index();
  }

  /// So many resources at once, of those that would be liked.
  int pageSize(int wanted) {
    return Math.min(wanted, offer().resultsMax());
  }

  /// Whether this answer to a PATCH says that there is none here, whatever the server offers. It is
  /// remembered.
  boolean knowsNoPatch(Answer answer) {
    var isUnknown = answer.status() == 405 || answer.status() == 501;
    if (isUnknown) deviations.learned(Deviation.NO_PATCH, Answers.words(answer));
    return isUnknown;
  }

  /// Whether this answer refuses a search. Where the server refuses a plain one like it too, that
  /// is remembered; else only this value was too much for it.
  boolean refusesSearch(Answer answer, Deviation deviation, String plainSearch) {
    if (!refuses(answer)) return false;
    budget.charge();
    if (wire.get(plainSearch) instanceof Answer other && refuses(other)) {
      deviations.learned(deviation, Answers.words(other));
    }
    return true;
  }

  private static boolean refuses(Answer answer) {
    return answer.status() == 400 || answer.status() == 501;
  }

  /// A server that cannot be asked now is taken for what it said last, or for one that says
  /// nothing.
  private Offer offer() {
    asking.lock();
    try {
      var now = clock.instant();
      if (now.isBefore(askAt)) return offer;
      var said = asked();
      offer = said.orElse(offer);
      askAt = now.plus(said.isPresent() ? OFFER_KEPT : NO_OFFER_KEPT);
      return offer;
    } finally {
      asking.unlock();
    }
  }

  private Optional<Offer> asked() {
    budget.charge();
    return switch (wire.get("/ServiceProviderConfig")) {
      case Answer answer when answer.isSuccess() -> Optional.of(Offer.of(Answers.json(answer)));
      case Answer answer when answer.status() == 404 || answer.status() == 501 ->
          Optional.of(Offer.UNSAID);
      default -> Optional.empty();
    };
  }
}
