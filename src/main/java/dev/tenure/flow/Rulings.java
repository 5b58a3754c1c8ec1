package dev.tenure.flow;

import dev.tenure.flow.Evictions.Eviction;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Decision;
import dev.tenure.policy.Policy;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.source.Person;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What holds for people who are in the source: what the rules say, unless somebody evicted them.
/// Who is protected can't be evicted.
public record Rulings(Policy policy, Map<PersonKey, Eviction> evicted) {
  /// As it is at this moment.
  public static Rulings of(Flow flow, Evictions evictions) {
    return new Rulings(flow.policy(), evictions.of(flow.id()));
  }

  /// What holds for this person at this time.
  public Decision of(Person person, Instant at) {
    var decision = policy.decide(person, at);
    if (decision.standing() instanceof Standing.Protected) return decision;
    return Optional.ofNullable(evicted.get(person.key()))
        .filter(eviction -> !at.isBefore(eviction.since()))
        .map(eviction -> new Decision(left(person.key(), eviction), Optional.empty()))
        .orElse(decision);
  }

  private static Standing left(PersonKey person, Eviction eviction) {
    var why = "evicted by " + eviction.actor() + words(eviction.reason());
    return new Standing.Left(person, LeaverEvent.EVICTED, why, Optional.of(eviction.since()));
  }

  private static String words(String reason) {
    return reason.isBlank() ? "" : ": " + reason;
  }
}
