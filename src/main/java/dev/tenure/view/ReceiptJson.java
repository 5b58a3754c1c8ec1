package dev.tenure.view;

import dev.tenure.deliver.Receipt;
import dev.tenure.deliver.Step;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What became of leavers, as JSON.
public final class ReceiptJson {
  private ReceiptJson() {}

  public static ObjectNode of(List<Receipt> receipts) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("receipts");
    for (var receipt : receipts) {
      var node = list.addObject().put("plan", receipt.plan().value());
      node.put("person", receipt.person().value()).put("name", receipt.name());
      node.put("state", receipt.state().wire());
      receipt.readBack().ifPresent(r -> node.put("readBack", r.wire()));
      node.put("plannedAt", receipt.plannedAt().toString());
      receipt.settledAt().ifPresent(at -> node.put("settledAt", at.toString()));
      node.put("milliseconds", receipt.took().toMillis());
      receipt.taken().forEach(node.putArray("taken")::add);
      receipt.reference().ifPresent(r -> node.put("reference", r));
      if (!receipt.steps().isEmpty()) node.set("steps", Step.json(receipt.steps()));
    }
    return answer;
  }
}
