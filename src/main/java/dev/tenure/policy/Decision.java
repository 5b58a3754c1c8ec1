package dev.tenure.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// What the rules said at one time. `until` is the next time at which they will say something else
/// by themselves (a first day, a last day, the end of an exclusion), absent where only a change of
/// the person, the rules or the tables can do that.
public record Decision(Standing standing, Optional<Instant> until) {
  static Decision of(Standing standing) {
    return new Decision(standing, Optional.empty());
  }

  /// The same, if not this happens before.
  Decision before(Optional<Instant> other) {
    return new Decision(standing, earliest(until, other));
  }

  static Optional<Instant> earliest(Optional<Instant> some, Optional<Instant> other) {
    return Stream.of(some, other).flatMap(Optional::stream).min(Instant::compareTo);
  }
}
