package dev.tenure.view;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.id.FlowId;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was released of a plan, as JSON.
public final class ApprovalJson {
  private ApprovalJson() {}

  /// `released`: the number of changes.
  public static ObjectNode of(FlowId flow, PlanNumber plan, long released) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("flow", flow.value())
        .put("number", plan.value())
        .put("released", released);
  }
}
