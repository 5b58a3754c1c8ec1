package dev.tenure.access;

import java.time.Duration;

/// What became of a token that somebody showed.
public sealed interface Bearer {
  /// It is this one.
  record Known(AdminToken token) implements Bearer {}

  /// It is none, or has expired: nobody is told which.
  record Refused() implements Bearer {}

  /// Too many others from there were none: not before this time has passed.
  record Slowed(Duration pause) implements Bearer {}
}
