package dev.tenure.policy;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the rules say of one person.
public sealed interface Standing {
  PersonKey person();

  /// Should have this account.
  record InScope(Desired desired) implements Standing {
    @Override
    public PersonKey person() {
      return desired.person();
    }
  }

  /// Must not have access; `why` is said to people. `since` is when that began, where the rules can
  /// tell (a last day); who only sees that somebody is gone cannot.
  record Left(PersonKey person, LeaverEvent event, String why, Optional<Instant> since)
      implements Standing {
    public Left(PersonKey person, LeaverEvent event, String why) {
      this(person, event, why, Optional.empty());
    }
  }

  /// Is in scope, but the rules give no complete answer: nothing of theirs is touched until the
  /// problems are solved.
  record Unclear(PersonKey person, List<Problem> problems) implements Standing {
    public Unclear {
      problems = List.copyOf(problems);
    }
  }

  /// Nothing of theirs is ever written, whether they are in or out; `why` is said to people.
  record Protected(PersonKey person, String why) implements Standing {}

  /// Why somebody must not have access (any more).
  enum LeaverEvent {
    OUT_OF_SCOPE,
    DISABLED_IN_SOURCE,
    GONE_FROM_SOURCE,
    PAST_LAST_DAY,
    /// Somebody locked them out by hand.
    EVICTED
  }
}
