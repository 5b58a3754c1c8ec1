package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.target.Account;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the guard has to know beyond the people whom a plan is about: an accident may come in many
/// small parts.
public interface Beyond {
  /// A plan over everybody, and nothing went before it.
  Beyond NOTHING = List::of;

  /// Somebody with an account.
  record Member(PersonKey person, Account account, Optional<Former> former) {
    boolean isActive() {
      return account.isActive();
    }
  }

  /// Everybody with an account, as they were last seen.
  interface Everybody {
    long linked();

    long active();

    /// Gives each of them once, as long as `goesOn` answers so; they need not be in memory at the
    /// same time.
    void each(Predicate<Member> goesOn);
  }

  /// The leavers of plans shortly before this one, whom nobody approved: they count with those of
  /// this one.
  List<Change> lately();

  /// Everybody, where the plan is about some people only.
  default Optional<Everybody> everybody() {
    return Optional.empty();
  }
}
