package dev.tenure.deliver;

import dev.tenure.plan.Change;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/// A change as it is kept, and what became of it. `reference` is the target's correlation id;
/// `problem` is why it is not done (yet).
public record StoredChange(
    int seq,
    Change change,
    ChangeState state,
    int attempts,
    Optional<Problem> problem,
    Optional<String> reference,
    Optional<Instant> settledAt) {}
