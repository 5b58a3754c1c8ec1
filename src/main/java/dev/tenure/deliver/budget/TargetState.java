package dev.tenure.deliver.budget;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// How a target stands. `perMinute`: what is known of its limit; `blockedUntil`: it asked to be
/// left alone until then.
public record TargetState(
    String target,
    OptionalLong perMinute,
    Optional<Instant> blockedUntil,
    Optional<Quarantine> quarantine) {

  /// As it was kept, on the usual terms.
  public static TargetState of(String target, JsonNode state, Instant now) {
    return of(target, state, Terms.USUAL, now);
  }

  /// As it was kept, on these terms.
  public static TargetState of(String target, JsonNode state, Terms terms, Instant now) {
    var bucket = Bucket.of(state.path("bucket"), now);
    return new TargetState(
        target,
        bucket.rate(terms),
        bucket.blocked(now),
        Optional.ofNullable(state.get("quarantine")).map(Quarantine::of));
  }
}
