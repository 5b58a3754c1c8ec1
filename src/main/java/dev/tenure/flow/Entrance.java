package dev.tenure.flow;

import dev.tenure.flow.FlowLocks.Held;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.util.Map;

/// Lets one at a time work on a flow; who comes second waits.
record Entrance(FlowLocks locks) {
  /// Whoever plans or looks has come for that. A served flow's turn that reads both ends whole took
  /// 17 seconds with 10,000 people on a busy machine: no reason to send them away.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Where another turn follows soon, or a client waits for the answer.
  static final Duration SHORT = Duration.ofSeconds(10);

  /// The flow's lock. Throws `FLOW_BUSY` where somebody else keeps it for two minutes.
  Held enter(FlowId flow) {
    return enter(flow, PATIENCE);
  }

  /// The same, with more or less patience.
  Held enter(FlowId flow, Duration wait) {
    return locks.lock(flow, wait).orElseThrow(() -> busy(flow).found());
  }

  /// Keeps other flows from counting the seats of this one's target. Throws `FLOW_BUSY` where one
  /// of them does for so long.
  Held count(Flow flow, Duration wait) {
    return locks.seats(flow.shared().target(), wait).orElseThrow(() -> counting(flow.id()).found());
  }

  private static Problem counting(FlowId flow) {
    return new Problem(
        Code.FLOW_BUSY,
        "another flow into the same target is planning, with the same seats",
        Map.of("flow", flow.value()),
        "wait until it has ended and try again; 'tenure status' shows how far it is");
  }

  private static Problem busy(FlowId flow) {
    return new Problem(
        Code.FLOW_BUSY,
        "another command or server is working on the flow",
        Map.of("flow", flow.value()),
        "wait until it has ended and try again; 'tenure status' shows how far it is");
  }
}
