package dev.tenure.view;

import dev.tenure.store.ToldStore.Told;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What receivers were told, as JSON.
public final class ToldJson {
  private ToldJson() {}

  public static ObjectNode of(List<Told> all) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("notifications");
    for (var told : all) {
      var node = list.addObject().put("id", told.id()).put("at", told.at().toString());
      node.put("receiver", told.receiver()).put("event", told.event()).put("kind", told.kind());
      node.put("state", told.state()).put("about", told.about());
      node.put("delivery", told.delivery());
    }
    return answer;
  }
}
