package dev.tenure.view;

import dev.tenure.flow.Exclusions.Exclusion;
import dev.tenure.flow.Exclusions.Lifted;
import dev.tenure.id.FlowId;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who is taken out of a flow's scope by hand, as JSON.
public final class ExclusionJson {
  private ExclusionJson() {}

  public static ObjectNode of(FlowId flow, List<Exclusion> some) {
    var answer = JsonNodeFactory.instance.objectNode().put("flow", flow.value());
    var list = answer.putArray("exclusions");
    for (var one : some) {
      var node = list.addObject().put("person", one.person().value());
      node.put("since", one.since().toString()).put("by", one.actor());
      node.put("reason", one.term().reason());
      one.term().until().ifPresent(at -> node.put("until", at.toString()));
      one.lifted().map(Lifted::at).ifPresent(at -> node.put("liftedAt", at.toString()));
      one.lifted().map(Lifted::actor).ifPresent(by -> node.put("liftedBy", by));
    }
    return answer;
  }
}
