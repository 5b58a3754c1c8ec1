package dev.tenure.view;

import dev.tenure.flow.Forgetting.Forgotten;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What was erased of a person, as JSON.
public final class ErasedJson {
  private ErasedJson() {}

  public static ArrayNode of(List<Forgotten> erased) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var one : erased) {
      var node = array.addObject().put("where", one.where()).put("rows", one.rows());
      one.kept().ifPresent(kept -> node.put("kept", kept.wire()));
    }
    return array;
  }
}
