package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.target.Request;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One difference between desired and observed: what is sent, why, and what must still hold. `name`
/// is what people call the account (its userName).
///
/// A change of a group concerns many people: its `person` stands for the group (and begins with
/// `group:`), its `name` is what people call the group, and [Membership] tells whom it concerns.
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
  /// before a deletion), for who wants to undo it. `members`: of a change of a group, whom each of
  /// its reasons on `groups` is about, in their order. `handover`: for whose userName it waits.
  public record Marks(
      boolean held, String cluster, ObjectNode before, List<Member> members, Handover handover) {
    /// Not held, and nothing is remembered.
    public static final Marks NONE = new Marks(false);

    public Marks {
      members = List.copyOf(members);
    }

    public Marks(boolean held) {
      this(held, "", JsonNodeFactory.instance.objectNode());
    }

    /// Of a change of one account.
    public Marks(boolean held, String cluster, ObjectNode before) {
      this(held, cluster, before, List.of(), Handover.NONE);
    }

    /// Not held, and about these.
    static Marks about(List<Member> members) {
      return new Marks(false, "", JsonNodeFactory.instance.objectNode(), members, Handover.NONE);
    }
  }

  /// Somebody whose membership changes, and what people call their account.
  public record Member(PersonKey person, String name) {}

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

  /// The same that asks for something else, of these people.
  Change of(Request other, List<Reason> why, List<Member> members) {
    var about = new Marks(marks.held(), marks.cluster(), marks.before(), members, marks.handover());
    return new Change(lane, person, name, other, why, about);
  }

  /// The same of a group under another subject.
  public Change under(PersonKey subject) {
    return new Change(lane, subject, name, request, reasons, marks);
  }

  /// The same for these reasons.
  Change because(List<Reason> others) {
    return new Change(lane, person, name, request, others, marks);
  }

  public Handover handover() {
    return marks.handover();
  }

  /// Whether it changes a group, rather than an account.
  public boolean isOfGroup() {
    return request instanceof Request.Members || request instanceof Request.CreateGroup;
  }

  /// The same, held back as part of this cluster.
  Change heldAs(String ofCluster) {
    return marked(new Marks(true, ofCluster, marks.before(), marks.members(), marks.handover()));
  }

  /// The same, remembering what was there.
  Change remembering(ObjectNode was) {
    return marked(new Marks(marks.held(), marks.cluster(), was, marks.members(), marks.handover()));
  }

  /// The same, taking and giving names so.
  Change with(Handover handover) {
    return marked(
        new Marks(marks.held(), marks.cluster(), marks.before(), marks.members(), handover));
  }

  private Change marked(Marks other) {
    return new Change(lane, person, name, request, reasons, other);
  }
}
