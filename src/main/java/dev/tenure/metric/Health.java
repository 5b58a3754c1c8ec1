package dev.tenure.metric;

import dev.tenure.database.Database;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Whether this process can work now. Many may ask: the database is asked once a second.
final class Health {
  private static final Duration LIFE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Cached<Optional<Problem>> found;

  Health(Database database, InstantSource clock) {
    this.found = new Cached<>(database::problem, LIFE, PATIENCE, clock);
  }

  /// Why it cannot; absent where it can. Takes a second at most.
  Optional<Problem> problem() {
    return found.get().orElseGet(() -> Optional.of(silent()));
  }

  private static Problem silent() {
    return new Problem(
        Code.DATABASE_UNREACHABLE,
        "the database did not answer within " + PATIENCE.toMillis() + " ms",
        Map.of(),
        "see whether PostgreSQL runs and has connections left");
  }
}
