package dev.tenure.deliver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One step of how a leaver left: `what` as in the leaver table (`revoke-sessions`), or `leave`
/// with the name of a group. `at` is when it was seen to be done, absent while it is not;
/// `readBack` is absent where nobody looked; `reference` is the target's correlation id.
public record Step(
    String what, Optional<Instant> at, Optional<ReadBack> readBack, Optional<String> reference) {
  /// In words for people: `open` while it is not done, `seen` where it was read back, `not
  /// readable` where the target's word is all there is.
  public String seen() {
    if (at.isEmpty()) return "open";
    return readBack.equals(Optional.of(ReadBack.CONFIRMED)) ? "seen" : "not readable";
  }

  /// `{"step","at","readBack","reference"}`, without what is absent.
  public ObjectNode json() {
    var node = JsonNodeFactory.instance.objectNode().put("step", what);
    at.ifPresent(t -> node.put("at", t.toString()));
    readBack.ifPresent(r -> node.put("readBack", r.wire()));
    reference.ifPresent(r -> node.put("reference", r));
    return node;
  }

  /// All of these.
  public static ArrayNode json(List<Step> steps) {
    var array = JsonNodeFactory.instance.arrayNode();
    steps.forEach(step -> array.add(step.json()));
    return array;
  }

  /// The steps that were written so.
  public static List<Step> read(JsonNode array) {
    var steps = new ArrayList<Step>();
    for (var node : array) {
      steps.add(
          new Step(
              node.path("step").asString(""),
              text(node, "at").map(Instant::parse),
              text(node, "readBack").map(ReadBack::of),
              text(node, "reference")));
    }
    return steps;
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name)).map(JsonNode::stringValue);
  }
}
