package dev.tenure.view;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Plans.Holding;
import dev.tenure.id.FlowId;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was held back of a plan, as JSON.
public final class HoldingJson {
  private HoldingJson() {}

  /// Numbers of changes, as in [Holding].
  public static ObjectNode of(FlowId flow, PlanNumber plan, Holding holding) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("flow", flow.value())
        .put("number", plan.value())
        .put("held", holding.held())
        .put("sending", holding.sending())
        .put("leavers", holding.leavers());
  }
}
