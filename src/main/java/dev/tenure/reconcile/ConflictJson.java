package dev.tenure.reconcile;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Conflicts as JSON; the names are stable. Decisions are the same document with a member
/// `decision` in some of the conflicts.
public final class ConflictJson {
  private ConflictJson() {}

  /// `{"conflicts": [{"id", "kind", "person", "account", "name", "proposal", "possible",
  /// "confidence", "because": […], "evidence": [{"attribute", "wanted", "found"}]}]}`.
  public static ObjectNode write(List<Conflict> conflicts) {
    var node = JsonNodeFactory.instance.objectNode();
    var list = node.putArray("conflicts");
    conflicts.forEach(c -> list.add(write(c)));
    return node;
  }

  private static ObjectNode write(Conflict conflict) {
    var node = JsonNodeFactory.instance.objectNode().put("id", conflict.id());
    node.put("kind", conflict.kind().wire());
    conflict.person().ifPresent(p -> node.put("person", p.value()));
    conflict.account().ifPresent(a -> node.put("account", a.value()));
    node.put("name", conflict.name()).put("proposal", conflict.proposal().wire());
    var possible = node.putArray("possible");
    conflict.possible().forEach(r -> possible.add(r.wire()));
    node.put("confidence", conflict.confidence());
    var because = node.putArray("because");
    conflict.because().forEach(because::add);
    var evidence = node.putArray("evidence");
    for (var one : conflict.evidence()) {
      evidence
          .addObject()
          .put("attribute", one.attribute())
          .put("wanted", one.wanted())
          .put("found", one.found());
    }
    return node;
  }

  /// Those that have a decision. Throws `CONFLICT_UNKNOWN` for what is no such document.
  public static List<Decision> read(String text) {
    var decisions = new ArrayList<Decision>();
    for (var conflict : parsed(text).path("conflicts")) {
      var word = conflict.path("decision").asString("");
      if (word.isBlank()) continue;
      decisions.add(ConflictSheet.decision(conflict.path("id").asString(""), word));
    }
    return decisions;
  }

  private static JsonNode parsed(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new Problem(
              Code.CONFLICT_UNKNOWN,
              "the decisions are no JSON: " + e.getOriginalMessage(),
              Map.of(),
              "start from: tenure reconcile FLOW --output json")
          .found();
    }
  }
}
