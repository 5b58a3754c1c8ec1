package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import java.time.Instant;
import java.util.Optional;

/// Something that will be done for a person, but not by this plan. It is no failure. `what` is an
/// attribute or a leaver's step; `due` is when it will be done, where that is a matter of time
/// alone.
public record Waiting(PersonKey person, String what, String why, Optional<Instant> due) {
  /// Waits for a free seat of a licence.
  public static final String SEAT = "licence";
}
