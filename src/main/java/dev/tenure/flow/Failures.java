package dev.tenure.flow;

import dev.tenure.deliver.ChangeState;
import dev.tenure.deliver.Observed.Seen;
import dev.tenure.deliver.Plans.Failure;
import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.target.Account;
import dev.tenure.target.Target;
import dev.tenure.target.Target.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Looks again at the accounts of changes that failed: they are not as they were thought to be. The
/// people are then decided on anew.
final class Failures {
  /// So many at once; of more, the next whole read of the target tells.
  private static final int LOOKS_MAX = 200;

  /// So much later they are decided on, lest a target that contradicts itself is asked without end.
  static final Duration AGAIN = Duration.ofSeconds(1);

  private final Flow flow;
  private final Cycle.Books books;

  Failures(Flow flow, Cycle.Books books) {
    this.flow = flow;
    this.books = books;
  }

  /// Of those that failed since then.
  void lookAgain(Instant since) {
    var failures = books.plans().failuresSince(flow.id(), since);
    failures.stream().limit(LOOKS_MAX).forEach(this::look);
    var people = new ArrayList<PersonKey>();
    for (var failure : failures) people.add(failure.person());
    books.agenda().add(flow.id(), people, flow.clock().instant().plus(AGAIN));
    if (flow.policy().targetGroups().isPresent()) new GroupLooks(flow, books).lookAgain(since);
  }

  private void look(Failure failure) {
    if (failure.account().isPresent()) {
      see(failure.account().get());
    } else if (failure.state() == ChangeState.REFUSED && !failure.name().isBlank()) {
      keep(new Look.ByUserName(failure.name()), new ArrayList<>());
    }
  }

  /// Looks at this account, and keeps what is seen.
  void see(AccountId id) {
    var seen = new ArrayList<Account>();
    if (keep(new Look.ById(id), seen) instanceof Target.ReadOutcome.Complete && seen.isEmpty()) {
      books.observed().gone(flow.id(), List.of(id));
    }
  }

  private Target.ReadOutcome keep(Look look, List<Account> seen) {
    var outcome = flow.target().look(look, seen::add);
    books
        .observed()
        .keep(flow.id(), seen.stream().map(a -> new Seen(a, flow.keys().of(a))).toList());
    return outcome;
  }
}
