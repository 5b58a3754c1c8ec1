package dev.tenure.view;

import dev.tenure.id.FlowId;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A flow that was stopped, or goes on, as JSON.
public final class PauseJson {
  private PauseJson() {}

  /// `leavers`: whether leavers are sent nevertheless.
  public static ObjectNode paused(FlowId flow, boolean leavers) {
    return flow(flow).put("paused", true).put("leavers", leavers);
  }

  /// `wasPaused`: whether it was stopped at all.
  public static ObjectNode resumed(FlowId flow, boolean wasPaused) {
    return flow(flow).put("wasPaused", wasPaused);
  }

  private static ObjectNode flow(FlowId flow) {
    return JsonNodeFactory.instance.objectNode().put("flow", flow.value());
  }
}
