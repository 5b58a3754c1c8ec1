package dev.tenure.flow;

import dev.tenure.flow.Evictions.Eviction;
import dev.tenure.flow.Exclusions.Exclusion;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Decision;
import dev.tenure.policy.Policy;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.source.Person;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What holds for people who are in the source: what the rules say, unless somebody excluded or
/// evicted them by hand. Who is protected can be neither.
public record Rulings(
    Policy policy, Map<PersonKey, Eviction> evicted, Map<PersonKey, Exclusion> excluded) {
  /// As it is at this moment.
  static Rulings of(Flow flow, Cycle.Books books) {
    return new Rulings(
        flow.policy(), books.evictions().of(flow.id()), books.exclusions().of(flow.id()));
  }

  /// What holds for this person at this time.
  public Decision of(Person person, Instant at) {
    var byHand =
        Optional.ofNullable(excluded.get(person.key()))
            .filter(exclusion -> exclusion.counts(at))
            .map(Exclusion::byHand);
    var decision = policy.decide(person, at, byHand);
    if (decision.standing() instanceof Standing.Protected) return decision;
    return Optional.ofNullable(evicted.get(person.key()))
        .filter(eviction -> !at.isBefore(eviction.since()))
        .map(eviction -> new Decision(left(person.key(), eviction), Optional.empty()))
        .orElse(decision);
  }

  /// The same by other rules.
  Rulings by(Policy other) {
    return new Rulings(other, evicted, excluded);
  }

  /// As if this person were evicted.
  public Rulings evicting(PersonKey person, Eviction eviction) {
    var all = new HashMap<>(evicted);
    all.putIfAbsent(person, eviction);
    return new Rulings(policy, all, excluded);
  }

  /// As if this were so.
  public Rulings excluding(Exclusion exclusion) {
    var all = new HashMap<>(excluded);
    all.put(exclusion.person(), exclusion);
    return new Rulings(policy, evicted, all);
  }

  /// As if the person were not excluded.
  public Rulings including(PersonKey person) {
    var all = new HashMap<>(excluded);
    all.remove(person);
    return new Rulings(policy, evicted, all);
  }

  private static Standing left(PersonKey person, Eviction eviction) {
    var why = "evicted by " + eviction.actor() + words(eviction.reason());
    return new Standing.Left(person, LeaverEvent.EVICTED, why, Optional.of(eviction.since()));
  }

  private static String words(String reason) {
    return reason.isBlank() ? "" : ": " + reason;
  }
}
