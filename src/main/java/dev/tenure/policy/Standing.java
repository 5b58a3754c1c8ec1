package dev.tenure.policy;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Problem;
import java.util.List;

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

  /// Must not have access; `why` is said to people.
  record Left(PersonKey person, LeaverEvent event, String why) implements Standing {}

  /// Is in scope, but the rules give no complete answer: nothing of theirs is touched until the
  /// problems are solved.
  record Unclear(PersonKey person, List<Problem> problems) implements Standing {
    public Unclear {
      problems = List.copyOf(problems);
    }
  }

  /// Why somebody must not have access (any more).
  enum LeaverEvent {
    OUT_OF_SCOPE,
    DISABLED_IN_SOURCE,
    GONE_FROM_SOURCE
  }
}
