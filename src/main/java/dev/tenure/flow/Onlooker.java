package dev.tenure.flow;

import dev.tenure.id.FlowId;
import java.time.Duration;
import java.time.Instant;

/// Is told how the turns of running flows go.
@FunctionalInterface
public interface Onlooker {
  /// How a turn ended that decided about somebody, or failed. `good`: nothing of it failed; `read`:
  /// the source was asked, and gave all that it has.
  record Turned(FlowId flow, Instant begunAt, Duration took, boolean good, boolean read) {}

  /// Looks away.
  Onlooker NOBODY = _ -> {};

  void turned(Turned turn);
}
