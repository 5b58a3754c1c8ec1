package dev.tenure.deliver;

import dev.tenure.id.FlowId;
import dev.tenure.plan.Plan;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plan as it is kept, without its changes. `counts` has the number of changes in each state that
/// occurs; `config` is the hash of the configuration that it was made with.
public record StoredPlan(
    FlowId flow,
    PlanNumber number,
    Instant madeAt,
    String madeBy,
    PlanState state,
    Optional<String> config,
    Plan.Population population,
    List<Problem> findings,
    Map<ChangeState, Long> counts,
    Optional<String> approvedBy) {
  public StoredPlan {
    findings = List.copyOf(findings);
    var copy = new EnumMap<ChangeState, Long>(ChangeState.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
  }

  /// How many changes are in this state.
  public long count(ChangeState changeState) {
    return counts.getOrDefault(changeState, 0L);
  }

  /// How many changes it has.
  public long size() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
