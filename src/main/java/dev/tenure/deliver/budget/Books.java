package dev.tenure.deliver.budget;

import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// Where the state of targets is kept, for all nodes.
public interface Books {
  /// Replaces what is kept of this target, nobody else coming in between; what is kept then. What
  /// was never kept is an empty object.
  JsonNode change(String target, UnaryOperator<JsonNode> change);

  /// What is kept of this target; an empty object where nothing is.
  JsonNode read(String target);

  /// What is kept of all targets.
  List<TargetState> all();

  /// Writes down, for who looks later, that a target was quarantined or is back.
  void note(String target, String action, JsonNode detail);
}
