package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is written down of one leased change.
public sealed interface Settlement {
  Leased leased();

  /// The target has it. `link` is the account that was made; `unlink`: it was deleted. `found`: an
  /// earlier try had made it already. `seen` is the account as the target answered it. `readBack`:
  /// whether it was read again; `steps`: what was ended besides.
  record Done(
      Leased leased,
      Optional<AccountId> link,
      boolean unlink,
      boolean found,
      Optional<String> reference,
      Optional<Account> seen,
      Optional<ReadBack> readBack,
      List<Step> steps)
      implements Settlement {
    public Done {
      steps = List.copyOf(steps);
    }
  }

  /// The account has made way, under another name. What was planned comes when the name that it
  /// takes is free.
  record Passed(Leased leased, Optional<Account> account, Optional<String> reference)
      implements Settlement {}

  /// It ended otherwise: `state` is stale, refused or dead.
  record Failed(Leased leased, ChangeState state, Problem problem) implements Settlement {}

  /// To be tried again, not before `nextAt`. `doubtful`: it may have happened. `counts`: this try
  /// counts as one of those that are allowed.
  record Again(Leased leased, Instant nextAt, boolean doubtful, boolean counts, Problem problem)
      implements Settlement {}
}
