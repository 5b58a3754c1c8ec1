package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import java.util.Set;

/// Whom a world is about: everybody, or some.
public sealed interface Reach {
  /// Everybody was read: who is missing has gone.
  record Whole() implements Reach {}

  /// A read that ended early: who is missing is not gone (law 1), and nobody leaves.
  record Cut() implements Reach {}

  /// These people: one of them without a standing has gone. Others are there only because these
  /// have to do with them, and nothing of theirs is planned. Where not `complete`, what is known of
  /// them comes from a read that ended early, and none of them leaves.
  record Part(Set<PersonKey> about, boolean complete) implements Reach {
    public Part {
      about = Set.copyOf(about);
    }
  }

  static Reach of(boolean complete) {
    return complete ? new Whole() : new Cut();
  }

  /// Whether something may be planned for this person.
  default boolean concerns(PersonKey person) {
    return !(this instanceof Part(var about, _)) || about.contains(person);
  }

  /// Whether absence counts (law 1).
  default boolean isComplete() {
    return switch (this) {
      case Whole _ -> true;
      case Cut _ -> false;
      case Part(_, var complete) -> complete;
    };
  }
}
