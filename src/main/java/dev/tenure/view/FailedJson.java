package dev.tenure.view;

import dev.tenure.deliver.DeadLetter;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Changes that were given up, as JSON.
public final class FailedJson {
  private FailedJson() {}

  public static ObjectNode of(List<DeadLetter> letters) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("failed");
    for (var letter : letters) {
      var node = list.addObject().put("plan", letter.plan().value());
      node.put("person", letter.person().value()).put("name", letter.name());
      node.put("lane", letter.lane().wire()).put("state", letter.state().wire());
      node.put("attempts", letter.attempts()).put("since", letter.since().toString());
      node.set("problem", ProblemJson.of(letter.problem()));
    }
    return answer;
  }
}
