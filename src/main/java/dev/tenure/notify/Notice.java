package dev.tenure.notify;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A condition as it is remembered. `seenAt`: when it was first seen; `told`: what was told of it
/// last; `goneAt`: since when it is not seen any more.
public record Notice(
    Condition.Key key,
    Instant since,
    Instant seenAt,
    Optional<Told> told,
    Optional<Instant> goneAt) {

  /// What was told last, and the marks that were told since it was told whole.
  public record Told(Instant at, Set<Integer> marks, List<String> flows, ObjectNode details) {
    public Told {
      marks = Set.copyOf(marks);
      flows = List.copyOf(flows);
    }
  }

  static Notice first(Condition condition, Instant now) {
    return new Notice(
        condition.key(), condition.since().orElse(now), now, Optional.empty(), Optional.empty());
  }

  /// It is there.
  Notice seen() {
    return new Notice(key, since, seenAt, told, Optional.empty());
  }

  /// It is not there.
  Notice missing(Instant now) {
    return goneAt.isPresent() ? this : new Notice(key, since, seenAt, told, Optional.of(now));
  }

  /// Told whole: what counts as known is what is there now.
  Notice told(Condition condition, Instant now) {
    return telling(condition, condition.marks(), now);
  }

  /// Told of what came in addition.
  Notice grown(Condition condition, Instant now) {
    var marks = new HashSet<>(condition.marks());
    told.ifPresent(before -> marks.addAll(before.marks()));
    return telling(condition, marks, now);
  }

  private Notice telling(Condition condition, Set<Integer> marks, Instant now) {
    var telling = new Told(now, marks, condition.flows(), condition.details());
    return new Notice(key, since, seenAt, Optional.of(telling), Optional.empty());
  }
}
