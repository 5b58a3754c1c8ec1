package dev.tenure.target.scim;

import dev.tenure.remote.Answers;
import dev.tenure.remote.Reply.Answer;
import dev.tenure.remote.Wire;
import dev.tenure.target.Budget;
import dev.tenure.target.Deviation;
import dev.tenure.target.Deviations;

/// How a server wants to be asked: what its ServiceProviderConfig offers, less what its answers
/// showed that it does not do.
final class Manners {
  private final Wire wire;
  private final Budget budget;
  private final Deviations deviations;
  private final Discovery discovery;

  Manners(Wire wire, Budget budget, Deviations deviations, Discovery discovery) {
    this.wire = wire;
    this.budget = budget;
    this.deviations = deviations;
    this.discovery = discovery;
  }

  /// Where its users are.
  String users() {
    return discovery.endpoints().users();
  }

  /// Where its groups are.
  String groups() {
    return discovery.endpoints().groups();
  }

  /// Whether an account that is not where accounts are is gone.
  boolean isGone(Answer answer) {
    return answer.status() == 404 && discovery.isPlaced();
  }

  boolean patches() {
    return discovery.offer().patch() && !deviations.known().contains(Deviation.NO_PATCH);
  }

  /// So many changes of accounts may go as one request; at most 1 where none may.
  int togetherMax() {
    var offer = discovery.offer();
    var may = offer.filter() && patches() && !deviations.known().contains(Deviation.NO_BULK);
    return may ? Math.min(offer.bulk().operationsMax(), offer.resultsMax()) : 0;
  }

  /// In so many bytes.
  int bytesMax() {
    return discovery.offer().bulk().bytesMax();
  }

  void learned(Deviation deviation, String words) {
    deviations.learned(deviation, words);
  }

  /// Whether a search by this attribute may be tried.
  boolean searches(Deviation unless) {
    return discovery.offer().filter() && !deviations.known().contains(unless);
  }

  /// Whether a page is asked for by cursor, where the server offers that: by number it counts and
  /// passes over everybody before, for each page anew.
  boolean pagesByCursor() {
    return discovery.offer().cursors();
  }

  /// So many resources at once, of those that would be liked.
  int pageSize(int wanted) {
    return Math.min(wanted, discovery.offer().resultsMax());
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
}
