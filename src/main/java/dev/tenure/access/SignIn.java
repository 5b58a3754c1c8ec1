package dev.tenure.access;

import dev.tenure.config.Secret;
import dev.tenure.problem.Problem;
import java.time.Duration;

/// How an attempt to sign in ended.
public sealed interface SignIn {
  /// Somebody is in; `token` is told to the browser, this once.
  record In(Visit visit, Secret token) implements SignIn {}

  /// There is no such user, or it is another password: nobody is told which.
  record Refused() implements SignIn {}

  /// The provider does not vouch for them, or they may do nothing here.
  record Rejected(Problem problem) implements SignIn {}

  /// Too many attempts failed: not before this time has passed.
  record Slowed(Duration pause) implements SignIn {}
}
