package dev.tenure.target;

import dev.tenure.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/// What became of a request. `reference` is the target's own correlation id for its support, where
/// it sent one.
public sealed interface Outcome {
  /// Done: the account as the target has it now; absent after a deletion.
  record Done(Optional<Account> account, Optional<String> reference) implements Outcome {}

  /// Not now (429, 503): try again after this time.
  record Busy(Duration retryAfter, Optional<String> reference) implements Outcome {
    /// Where nothing was answered, or without a number.
    public Busy(Duration retryAfter) {
      this(retryAfter, Optional.empty());
    }
  }

  /// The target does not let us in (401): nothing was done, and no change is at fault. It is tried
  /// again; the problem says what somebody has to do.
  record Barred(Problem problem) implements Outcome {}

  /// The version no longer holds (409, 412, `invalidVers`), or the account is gone (404): plan
  /// again.
  record Stale(Problem problem) implements Outcome {}

  /// Never (other 4xx): the problem says why, in the target's words.
  record Refused(Problem problem) implements Outcome {}

  /// It may or may not have happened (time-out, reset, 5xx): look before repeating (law 4).
  record Unknown(Problem problem) implements Outcome {}
}
