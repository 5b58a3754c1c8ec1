package dev.tenure.view;

import dev.tenure.deliver.StoredPlan;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Plans that were kept as JSON, without their changes.
public final class StoredPlanJson {
  private StoredPlanJson() {}

  public static ObjectNode of(List<StoredPlan> plans) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("plans");
    plans.forEach(p -> list.add(of(p)));
    return answer;
  }

  public static ObjectNode of(StoredPlan plan) {
    var node = JsonNodeFactory.instance.objectNode().put("flow", plan.flow().value());
    node.put("number", plan.number().value()).put("state", plan.state().wire());
    node.put("madeAt", plan.madeAt().toString()).put("madeBy", plan.madeBy());
    plan.approvedBy().ifPresent(by -> node.put("approvedBy", by));
    var counts = node.putObject("states");
    plan.counts().forEach((state, count) -> counts.put(state.wire(), count));
    var findings = node.putArray("findings");
    plan.findings().forEach(f -> findings.add(ProblemJson.of(f)));
    return node;
  }
}
