package dev.tenure.deliver;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Lane;
import tools.jackson.databind.JsonNode;

/// A change that is this delivery's to send. `attempts` counts this one; `doubtful`: it may have
/// happened already.
public record Leased(
    PlanNumber plan,
    int seq,
    Lane lane,
    PersonKey person,
    JsonNode request,
    int attempts,
    boolean doubtful) {
  /// Whether it may free what others wait for: a seat, a name.
  boolean frees() {
    return lane == Lane.LEAVER || lane == Lane.MOVER_DOWN;
  }

  /// Whether it may need what others free.
  boolean needs() {
    return !frees() || !request.path("add").isEmpty();
  }
}
