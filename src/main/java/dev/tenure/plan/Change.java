package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.target.Request;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One difference between desired and observed: what is sent, why, and what must still hold. `name`
/// is what people call the account (its userName).
public record Change(
    Lane lane, PersonKey person, String name, Request request, List<Reason> reasons, Marks marks) {
  public Change {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) throw new IllegalArgumentException("a change has a reason");
  }

  /// Why: `attribute` is empty for a reason that concerns the whole account; `before` and `after`
  /// are as people read them, empty for none; `because` is the rule or the event.
  public record Reason(String attribute, String before, String after, String because) {}

  /// What is noted of a change beside what is sent. `held`: the guard holds it back, as part of the
  /// cluster of this name. `before` has the account's touched attributes as they were (all of them
  /// before a deletion), for who wants to undo it.
  public record Marks(boolean held, String cluster, ObjectNode before) {
    /// Not held, and nothing is remembered.
    public static final Marks NONE = new Marks(false);

    public Marks(boolean held) {
      this(held, "", JsonNodeFactory.instance.objectNode());
    }
  }

  public boolean held() {
    return marks.held();
  }

  /// The cluster of a change that is held; else empty.
  public String cluster() {
    return marks.cluster();
  }

  /// The touched attributes as they were.
  public ObjectNode before() {
    return marks.before();
  }

  /// The same, held back as part of this cluster.
  Change heldAs(String ofCluster) {
    return marked(new Marks(true, ofCluster, marks.before()));
  }

  /// The same, remembering what was there.
  Change remembering(ObjectNode was) {
    return marked(new Marks(marks.held(), marks.cluster(), was));
  }

  private Change marked(Marks other) {
    return new Change(lane, person, name, request, reasons, other);
  }
}
