package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.target.Request;
import java.util.List;

/// One difference between desired and observed: what is sent, why, and what must still hold. `name`
/// is what people call the account (its userName). `held`: the guard holds it back.
public record Change(
    Lane lane, PersonKey person, String name, Request request, List<Reason> reasons, boolean held) {
  public Change {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) throw new IllegalArgumentException("a change has a reason");
  }

  /// Why: `attribute` is empty for a reason that concerns the whole account; `before` and `after`
  /// are as people read them, empty for none; `because` is the rule or the event.
  public record Reason(String attribute, String before, String after, String because) {}
}
