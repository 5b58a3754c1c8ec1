package dev.tenure.plan;

import dev.tenure.plan.Change.Reason;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A change as it may be shown: without the values that nobody is shown (law 10). What is hidden in
/// its reasons is hidden in its request too, by the name of the attribute, wherever it stands.
final class Masked {
  private static final String PASSWORD = "password";
  private final Set<String> names = new HashSet<>(Set.of(PASSWORD));

  private Masked() {}

  static ObjectNode of(Change change) {
    var masked = new Masked();
    change.reasons().forEach(masked::note);
    var node = PlanJson.write(change);
    masked.mask(node.path("request"));
    masked.mask(node.path("before"));
    return node;
  }

  private void note(Reason reason) {
    var hidden = reason.after().equals(Reasons.HIDDEN) || reason.before().equals(Reasons.HIDDEN);
    if (hidden) names.add(Reasons.top(reason.attribute()).toLowerCase(Locale.ROOT));
  }

  private void mask(JsonNode node) {
    switch (node) {
      case ObjectNode object -> members(object);
      case ArrayNode array -> array.forEach(this::mask);
      default -> {
        // A bare value has no name by which it could be hidden.
      }
    }
  }

  private void members(ObjectNode object) {
    var path = object.path("path");
    if (path.isString() && isHidden(Reasons.top(path.stringValue())) && object.has("value")) {
      object.set("value", hidden());
    }
    for (var member : object.properties()) {
      if (isHidden(member.getKey())) member.setValue(hidden());
      else mask(member.getValue());
    }
  }

  private boolean isHidden(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }

  private static JsonNode hidden() {
    return JsonNodeFactory.instance.stringNode(Reasons.HIDDEN);
  }
}
