package dev.tenure.deliver;

/// How many requests may be under way at once: as many as are configured while the target is well,
/// half of it each time that it shows strain, and slowly more again while it answers (additive
/// increase, multiplicative decrease). Not safe for many threads.
final class Width {
  private final int most;
  private double now;
  private int sinceHalved;

  /// `most` is at least 1.
  Width(int most) {
    this.most = most;
    this.now = most;
    this.sinceHalved = most;
  }

  /// From 1 to the most.
  int requests() {
    return (int) now;
  }

  /// A request was answered: one more after each round of them.
  void answered() {
    sinceHalved++;
    now = Math.min(most, now + 1 / now);
  }

  /// A request was refused for now, or not answered. What was under way when it was halved does not
  /// halve it again.
  void strained() {
    sinceHalved++;
    if (sinceHalved <= requests()) return;
    now = Math.max(1, now / 2);
    sinceHalved = 0;
  }
}
