package dev.tenure.deliver;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Lane;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A change that is this delivery's to send. `attempts` counts this one; `doubtful`: it may have
/// happened already; `steps`: how far a leaver's got when it was stopped.
public record Leased(
    PlanNumber plan,
    int seq,
    Lane lane,
    PersonKey person,
    JsonNode request,
    int attempts,
    boolean doubtful,
    Way way,
    List<Step> steps) {
  public Leased {
    steps = List.copyOf(steps);
  }

  /// The same, which got so far.
  Leased at(List<Step> far) {
    return new Leased(plan, seq, lane, person, request, attempts, doubtful, way, far);
  }

  /// How it gets its userName. `kept`: who was to give it up has not; `detour`: the name under
  /// which the account passes meanwhile; `passed`: it has that name, and this version then.
  public record Way(boolean kept, Optional<String> detour, Optional<String> passed) {
    /// Whether it waits for nobody and makes way for nobody.
    boolean isPlain() {
      return !kept && detour.isEmpty() && passed.isEmpty();
    }

    boolean isAhead() {
      return detour.isPresent() && passed.isEmpty();
    }
  }

  /// Whether it may free what others wait for: a seat, a name.
  boolean frees() {
    return lane == Lane.LEAVER || lane == Lane.MOVER_DOWN;
  }

  /// Whether it may need what others free.
  boolean needs() {
    return !frees() || !request.path("add").isEmpty();
  }
}
