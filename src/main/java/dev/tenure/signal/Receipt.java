package dev.tenure.signal;

import java.time.Duration;
import java.util.Optional;

/// What a receiver answered to a push (RFC 8935 §2.2, §2.3).
public sealed interface Receipt {
  /// It has the token.
  record Accepted() implements Receipt {}

  /// It will never take this token.
  record Refused(String err, String description) implements Receipt {}

  /// It may take it later. `whole`: the receiver takes nothing now, whatever is sent.
  record Failed(String why, boolean whole, Optional<Duration> retryAfter) implements Receipt {}
}
