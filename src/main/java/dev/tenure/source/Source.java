package dev.tenure.source;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Where people come from.
public interface Source {
  /// The attributes that expressions may use.
  SourceSchema schema();

  /// Reads everybody, each person once, in no order, giving each to `people` as it comes. Nothing
  /// is thrown for a source that fails: the answer says so.
  ReadOutcome read(Consumer<Person> people);

  /// The same source, knowing its past: for those that hold a read against the last complete one.
  default Source after(Past past) {
    return this;
  }

  /// Its feed of changes, where it has one. A source that only learns that something has changed,
  /// as from a file that was replaced, has one too: there [Feed#since] answers `Expired`, which is
  /// to say: read it whole.
  default Optional<Feed> feed() {
    return Optional.empty();
  }

  /// How a read ended. `findings` are the records that were left out, each with its reason.
  /// `unreadable` are the people whose records are there but could not be used: they are present,
  /// and whoever counts absence counts them as such (law 1).
  sealed interface ReadOutcome {
    List<Problem> findings();

    Set<PersonKey> unreadable();

    /// All people were given: who is neither given nor unreadable has left.
    record Complete(long people, List<Problem> findings, Set<PersonKey> unreadable)
        implements ReadOutcome {
      public Complete {
        findings = List.copyOf(findings);
        unreadable = Set.copyOf(unreadable);
      }

      public Complete(long people, List<Problem> findings) {
        this(people, findings, Set.of());
      }
    }

    /// The read ended early, or something in it is not to be believed: nobody's absence counts.
    record Incomplete(long people, Problem reason, List<Problem> findings) implements ReadOutcome {
      public Incomplete {
        findings = List.copyOf(findings);
      }

      @Override
      public Set<PersonKey> unreadable() {
        return Set.of();
      }
    }
  }
}
