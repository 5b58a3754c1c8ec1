package dev.tenure.view;

import dev.tenure.flow.Evictor.Evicted;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How somebody was locked out, flow by flow, as JSON.
public final class EvictedJson {
  private EvictedJson() {}

  /// `sent`: whether anything had to be sent.
  public static ObjectNode of(List<Evicted> evicted) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("evicted");
    for (var one : evicted) {
      var node = list.addObject().put("flow", one.flow().id().value());
      node.put("person", one.person().value()).put("out", one.isOut());
      node.put("sent", one.report().isPresent());
      node.put("milliseconds", one.took().toMillis());
      one.problem().ifPresent(p -> node.set("problem", ProblemJson.of(p)));
    }
    return answer;
  }
}
