package dev.tenure.organization.limit;

/// The requests that one client has left. Used by many threads at once.
interface Budget {
  /// Takes one request from it.
  Allowance take();

  /// How many are left, as far as this node knows.
  long left();

  /// How many of them this node has to itself.
  long here();
}
