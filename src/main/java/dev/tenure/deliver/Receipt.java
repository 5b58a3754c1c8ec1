package dev.tenure.deliver;

import dev.tenure.id.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a leaver left: `taken` are the attributes that were locked, emptied or deleted with the
/// account; `plannedAt` is when Tenure knew, `settledAt` when the target had done it and it was
/// read back, or was given up; `took` is the time between them, or until now. `steps` are what was
/// ended besides, each with its time, and the groups that were left.
public record Receipt(
    PlanNumber plan,
    PersonKey person,
    String name,
    List<String> taken,
    ChangeState state,
    Optional<ReadBack> readBack,
    Instant plannedAt,
    Optional<Instant> settledAt,
    Duration took,
    Optional<String> reference,
    List<Step> steps) {
  public Receipt {
    taken = List.copyOf(taken);
    steps = List.copyOf(steps);
  }

  /// How long after Tenure knew a step was seen to be done; absent while it is open.
  public Optional<Duration> after(Step step) {
    return step.at().map(at -> Duration.between(plannedAt, at));
  }

  /// Whether the target did it.
  public boolean isDone() {
    return state == ChangeState.DONE;
  }
}
