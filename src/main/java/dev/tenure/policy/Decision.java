package dev.tenure.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// What the rules said at one time. They say the same before `until`, if the person, the rules and
/// the tables stay as they are; then somebody should ask again (a first day, a last day, the end of
/// an exclusion). Absent: they say it for good. A rule that reads `now` itself is not foreseen.
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
