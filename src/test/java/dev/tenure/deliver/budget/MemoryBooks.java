package dev.tenure.deliver.budget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// States of targets in memory.
final class MemoryBooks implements Books {
  private final Map<String, JsonNode> kept = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  @Override
  public synchronized JsonNode change(String target, UnaryOperator<JsonNode> change) {
    var before = kept.getOrDefault(target, JsonNodeFactory.instance.objectNode());
    var next = change.apply(before);
    kept.put(target, next);
    return next;
  }

  @Override
  public synchronized JsonNode read(String target) {
    return kept.getOrDefault(target, JsonNodeFactory.instance.objectNode());
  }

  @Override
  public List<TargetState> all() {
    throw new UnsupportedOperationException("nobody looks here");
  }

  @Override
  public synchronized void note(String target, String action, JsonNode detail) {
    notes.add(action);
  }

  /// What was written down, in order.
  synchronized List<String> notes() {
    return List.copyOf(notes);
  }
}
