package dev.tenure.target;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What may be sent to a target, and when: one budget for all who send to it. Every request costs a
/// token before it is sent. Safe for use by many threads at once.
public interface Budget {
  /// What is asked for: at most `count` tokens for this use.
  record Ask(int count, Use use) {}

  /// What a token is for; it decides who goes first where there are few.
  enum Use {
    /// A change of the leaver lane: may overdraw the budget by the reserve.
    LEAVER,
    /// Any other change.
    CHANGE,
    /// A page of a whole read: goes last, but is sure of a small part.
    READ
  }

  /// So many tokens; where it is none, when it is worth asking again. `quarantined`: the target
  /// failed as a whole, and each token is for one probe.
  record Grant(int count, Instant nextAt, boolean quarantined) {}

  /// What an answer said of limits, whatever its outcome. `retryAfter` is for who was refused.
  record Heard(int status, Optional<Duration> retryAfter, Optional<Window> window) {}

  /// A limit as it is announced: `allowed` requests in a window (where that is told), `left` of
  /// them, all of them again after `reset`.
  record Window(OptionalLong allowed, long left, Duration reset, Optional<Duration> length) {}

  /// How it is used: requests of the last minute, about; of so many a minute that are ours, where a
  /// limit is known; until when the target asked to be left alone; whether it is only probed; and
  /// how many requests it answered with 429 in each hour (UTC) of the last two days.
  record Load(
      long lastMinute,
      OptionalLong perMinute,
      Optional<Instant> blockedUntil,
      boolean quarantined,
      Map<Instant, Long> refused) {}

  /// How it is used now; absent where nobody keeps that.
  default Optional<Load> load() {
    return Optional.empty();
  }

  /// Tokens, perhaps fewer than asked for.
  Grant take(Ask ask);

  /// Returns tokens that nothing was sent for.
  void giveBack(int count);

  /// Takes a token for a request that cannot wait, such as a look after a change: the next ones
  /// wait the longer.
  void charge();

  /// Takes note of an answer.
  void heard(Heard heard);

  /// Takes note of how a change ended for the target as a whole: `person` tells one change from
  /// another. Absent: it works; a problem: it failed for a reason that is not the change's.
  void worked(String person, Optional<dev.tenure.problem.Problem> failure);

  /// How long it takes to send so many changes from now on, by the limits that are known; absent
  /// where none is.
  Optional<Duration> lasting(long changes);

  /// Has no limit.
  Budget UNLIMITED =
      new Budget() {
        @Override
        public Grant take(Ask ask) {
          return new Grant(ask.count(), Instant.MIN, false);
        }

        @Override
        public void giveBack(int count) {}

        @Override
        public void charge() {}

        @Override
        public void heard(Heard heard) {}

        @Override
        public void worked(String person, Optional<dev.tenure.problem.Problem> failure) {}

        @Override
        public Optional<Duration> lasting(long changes) {
          return Optional.empty();
        }
      };
}
