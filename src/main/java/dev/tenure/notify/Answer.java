package dev.tenure.notify;

import java.time.Duration;
import java.util.Optional;

/// What came of sending a message, in a few words that hold no secret.
public sealed interface Answer {
  String words();

  /// The receiver has it.
  record Taken(String words) implements Answer {}

  /// It may take it later; `after` at the earliest, where it said so.
  record Later(String words, Optional<Duration> after) implements Answer {}

  /// It does not take this message, whatever else it takes: after a few tries it is given up, lest
  /// the others wait for it.
  record Refused(String words) implements Answer {}

  /// It wants no more messages: this one is given up.
  record Gone(String words) implements Answer {}
}
