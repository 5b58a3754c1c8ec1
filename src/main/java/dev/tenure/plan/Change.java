package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.target.Request;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One difference between desired and observed: what is sent, why, and what must still hold. `name`
/// is what people call the account (its userName). `held`: the guard holds it back, as part of the
/// cluster of this name. `before` has the account's touched attributes as they were (all of them
/// before a deletion), for who wants to undo it.
public record Change(
    Lane lane,
    PersonKey person,
    String name,
    Request request,
    List<Reason> reasons,
    boolean held,
    String cluster,
    ObjectNode before) {
  public Change {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) throw new IllegalArgumentException("a change has a reason");
  }

  public Change(
      Lane lane,
      PersonKey person,
      String name,
      Request request,
      List<Reason> reasons,
      boolean held) {
    this(lane, person, name, request, reasons, held, "", JsonNodeFactory.instance.objectNode());
  }

  /// Why: `attribute` is empty for a reason that concerns the whole account; `before` and `after`
  /// are as people read them, empty for none; `because` is the rule or the event.
  public record Reason(String attribute, String before, String after, String because) {}

  /// The same, held back as part of this cluster.
  Change heldAs(String ofCluster) {
    return new Change(lane, person, name, request, reasons, true, ofCluster, before);
  }

  /// The same, remembering what was there.
  Change remembering(ObjectNode was) {
    return new Change(lane, person, name, request, reasons, held, cluster, was);
  }
}
