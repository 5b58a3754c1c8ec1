package dev.tenure.metric;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// How a target stands: how many requests a minute it lets through, where that is known; until when
/// it asked to be left alone; whether it is only probed.
public record TargetStanding(
    OptionalLong perMinute, Optional<Instant> blockedUntil, boolean quarantined) {

  /// Who understands what is kept of a target's budget.
  public interface Reader {
    /// `kept`: as it is in the database, an empty object where nothing is.
    TargetStanding of(JsonNode kept, Instant now);
  }
}
