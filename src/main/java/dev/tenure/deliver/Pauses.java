package dev.tenure.deliver;

import dev.tenure.id.FlowId;
import java.time.Instant;
import java.util.Optional;

/// Flows that somebody stopped: they read and plan, but nothing is sent. Holds for all nodes, also
/// for what is being sent at this moment, from the next lease on. Who acts is taken from
/// [dev.tenure.id.Correlation].
public interface Pauses {
  /// Since when, by whom and why. `leavers`: whether leavers are sent nevertheless.
  record Paused(Instant since, String actor, String reason, boolean leavers) {}

  /// Stops the flow, or changes why and how it is stopped.
  void pause(FlowId flow, String reason, boolean leavers);

  /// Lets it go on; false where it was not stopped.
  boolean resume(FlowId flow);

  /// Whether the flow is stopped.
  Optional<Paused> of(FlowId flow);
}
