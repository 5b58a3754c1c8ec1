package dev.tenure.view;

import dev.tenure.deliver.DeadLetter;
import dev.tenure.plan.Lane;
import java.util.List;
import java.util.Locale;
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
      node.put("lane", word(letter.lane())).put("state", letter.state().wire());
      node.put("attempts", letter.attempts()).put("since", letter.since().toString());
      node.set("problem", ProblemJson.of(letter.problem()));
    }
    return answer;
  }

  /// As it is written: `mover-down`.
  public static String word(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
