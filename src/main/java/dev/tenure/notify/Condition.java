package dev.tenure.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Something that is so now. `subject` says of what, `flow/NAME` or the like, and is the same for
/// as long as it is the same thing; `flows` are those that it concerns. `begins`: it is to be told;
/// else it is only near enough for one that was told to last. `since` is absent where it is not
/// known. `marks` stand for its parts, such as the people of a conflict: one that was not there
/// when it was told last is news. No name of a person is in `details`.
public record Condition(
    Kind kind,
    String subject,
    List<String> flows,
    boolean begins,
    Optional<Instant> since,
    Set<Integer> marks,
    ObjectNode details) {
  public Condition {
    flows = List.copyOf(flows);
    marks = Set.copyOf(marks);
  }

  Key key() {
    return new Key(kind, subject);
  }

  /// What makes it the same.
  public record Key(Kind kind, String subject) {}
}
