package dev.tenure.view;

import dev.tenure.plan.PlanDiff;
import dev.tenure.plan.PlanJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What one plan has and another has not, as JSON.
public final class DiffJson {
  private DiffJson() {}

  public static ObjectNode of(PlanDiff diff) {
    var answer = JsonNodeFactory.instance.objectNode();
    var added = answer.putArray("new");
    diff.added().forEach(c -> added.add(PlanJson.shown(c)));
    var gone = answer.putArray("gone");
    diff.gone().forEach(c -> gone.add(PlanJson.shown(c)));
    var changed = answer.putArray("changed");
    for (var pair : diff.changed()) {
      var node = changed.addObject();
      node.set("before", PlanJson.shown(pair.before()));
      node.set("after", PlanJson.shown(pair.after()));
    }
    return answer.put("same", diff.same());
  }
}
