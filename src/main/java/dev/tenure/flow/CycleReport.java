package dev.tenure.flow;

import dev.tenure.deliver.DeliveryReport;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.id.FlowId;
import dev.tenure.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What one cycle found. `plan` has the findings of the source, the rules and the planner together;
/// `number` is absent where there is nothing to change. `steps` tells how long each of `source`,
/// `target`, `plan`, `save` took, in this order. `postponed`: changes that the target refused
/// lately, left out of the plan of a running flow. `delivery`: what became of it, where it was
/// sent. `until`: when the rules say something else of somebody although nothing changes.
public record CycleReport(
    FlowId flow,
    Plan plan,
    Optional<PlanNumber> number,
    Counts counts,
    Map<String, Duration> steps,
    long postponed,
    Optional<DeliveryReport> delivery,
    Optional<Instant> until) {

  /// How many people were read, are in scope, have left, and are unclear; `complete`: whether the
  /// source gave everybody.
  public record Counts(long read, long inScope, long left, long unclear, boolean complete) {}

  public CycleReport {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /// Whether nothing has to be changed (law 7).
  public boolean isEmpty() {
    return plan.changes().isEmpty();
  }

  /// The same with what became of its plan.
  CycleReport delivered(DeliveryReport report) {
    return new CycleReport(
        flow, plan, number, counts, steps, postponed, Optional.of(report), until);
  }
}
