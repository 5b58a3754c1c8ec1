package dev.tenure.view;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.PlanChanges.Cluster;
import dev.tenure.deliver.PlanChanges.Row;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Changes of a plan in a list, as JSON: without what is sent.
public final class ChangeRowJson {
  private ChangeRowJson() {}

  /// In the order in which they are sent.
  public static ObjectNode of(List<Row> rows) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("changes");
    rows.forEach(row -> list.add(of(row)));
    return answer;
  }

  private static ObjectNode of(Row row) {
    var node = JsonNodeFactory.instance.objectNode().put("seq", row.seq());
    node.put("lane", row.lane().wire());
    node.put("person", row.person()).put("name", row.name()).put("kind", row.kind());
    row.account().ifPresent(account -> node.put("account", account));
    node.put("state", row.state().wire()).put("held", row.held());
    if (!row.cluster().isEmpty()) node.put("cluster", row.cluster());
    node.put("attempts", row.attempts());
    row.settledAt().ifPresent(at -> node.put("settledAt", at.toString()));
    row.reference().ifPresent(reference -> node.put("reference", reference));
    row.problem().ifPresent(problem -> node.set("problem", ProblemJson.of(problem)));
    node.set("reasons", ChangeJson.reasons(row.reasons()));
    return node;
  }

  /// What the guard found suspicious together, and what is held by hand.
  public static ObjectNode clusters(List<Cluster> clusters) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("clusters");
    for (var one : clusters) {
      var node = list.addObject().put("cluster", one.name()).put("size", one.size());
      node.put("held", one.held()).put("sendable", one.sendable());
      one.heldBy().ifPresent(by -> node.put("heldBy", by));
      one.reason().filter(r -> !r.isEmpty()).ifPresent(r -> node.put("reason", r));
    }
    return answer;
  }
}
