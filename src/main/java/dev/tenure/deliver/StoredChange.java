package dev.tenure.deliver;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Membership;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/// A change as it is kept, and what became of it. `reference` is the target's correlation id;
/// `problem` is why it is not done (yet).
public record StoredChange(
    int seq,
    Change change,
    ChangeState state,
    int attempts,
    Optional<Problem> problem,
    Optional<String> reference,
    Optional<Instant> settledAt) {
  /// The same as it looks to this person, where a change of a group concerns them.
  public StoredChange to(PersonKey person) {
    var theirs = Membership.each(change).stream().filter(c -> c.person().equals(person));
    var shown = theirs.findFirst().orElse(change);
    return new StoredChange(seq, shown, state, attempts, problem, reference, settledAt);
  }
}
