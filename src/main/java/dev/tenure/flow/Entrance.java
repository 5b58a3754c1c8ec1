package dev.tenure.flow;

import dev.tenure.deliver.TimeAndChance;
import dev.tenure.flow.FlowLocks.Held;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.util.Map;

/// Lets one at a time work on a flow; who comes second waits a little.
record Entrance(FlowLocks locks, TimeAndChance world) {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofMillis(100);

  /// The flow's lock. Throws `FLOW_BUSY` where somebody else keeps it for long.
  Held enter(FlowId flow) throws InterruptedException {
    var end = world.clock().instant().plus(WAIT);
    while (true) {
      var held = locks.tryLock(flow);
      if (held.isPresent()) return held.get();
      if (!world.clock().instant().isBefore(end)) throw busy(flow).found();
      world.pause().pause(RETRY);
    }
  }

  private static Problem busy(FlowId flow) {
    return new Problem(
        Code.FLOW_BUSY,
        "another command or server is working on the flow",
        Map.of("flow", flow.value()),
        "wait until it has ended and try again; 'tenure status' shows how far it is");
  }
}
