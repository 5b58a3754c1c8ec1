package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.target.Account;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What the guard has to know beyond the people whom a plan is about: an accident may come in many
/// small parts.
public interface Beyond {
  /// A plan over everybody, and nothing went before it.
  Beyond NOTHING = List::of;

  /// Somebody with an account. `groups` are the names of those that the flow manages.
  record Member(PersonKey person, Account account, Optional<Former> former, Set<String> groups) {
    public Member {
      groups = Set.copyOf(groups);
    }

    /// In no group.
    public Member(PersonKey person, Account account, Optional<Former> former) {
      this(person, account, former, Set.of());
    }

    boolean isActive() {
      return account.isActive();
    }
  }

  /// Everybody with an account, as they were last seen.
  interface Everybody {
    long linked();

    long active();

    /// How many are active and in the managed group of this name.
    long inGroup(String name);

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
