package dev.tenure.policy;

import java.time.Instant;
import java.util.Optional;

/// Somebody took a person out of the scope by hand, as `scope.exclude` does: `why` is said to
/// people, `ends` is when the rules count again.
public record ByHand(String why, Optional<Instant> ends) {}
