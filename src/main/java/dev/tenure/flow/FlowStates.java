package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the last cycle of each flow went.
public interface FlowStates {
  /// `counts` by name: `read`, `inScope`, `left`, `unclear`, `changes`, `done`, `failed`, `held`;
  /// `problem` is why the cycle failed, absent where it didn't.
  record FlowState(
      FlowId flow,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt,
      Map<String, Long> counts,
      List<Problem> findings,
      Optional<Problem> problem) {
    public FlowState {
      counts = Map.copyOf(counts);
      findings = List.copyOf(findings);
    }
  }

  /// The flow's state; absent before its first cycle.
  Optional<FlowState> of(FlowId flow);

  /// Keeps the state; writes an audit row when a cycle failed for another reason than the last one.
  void keep(FlowState state);
}
