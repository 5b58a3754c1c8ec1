package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// When it is, and when people were first seen to have left, as far as somebody keeps that. Without
/// it only the steps that a leaver needs at once are taken.
public record LeaveTimes(Optional<Instant> at, Map<PersonKey, Instant> since) {
  /// Nobody knows.
  public static final LeaveTimes UNKNOWN = new LeaveTimes(Optional.empty(), Map.of());

  public LeaveTimes {
    since = Map.copyOf(since);
  }

  Optional<Instant> since(PersonKey person) {
    return Optional.ofNullable(since.get(person));
  }
}
