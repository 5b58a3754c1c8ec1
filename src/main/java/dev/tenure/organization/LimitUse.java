package dev.tenure.organization;

/// How a client uses its rate limit now: of `burst` requests that may come at once, so many may
/// still follow; they come back at `perMinute`. What other nodes have drawn for themselves is not
/// counted: at most two blocks each.
public record LimitUse(int perMinute, int burst, long left) {
  /// How many of those that may come at once were used, and have not come back yet.
  public long used() {
    return burst - left;
  }
}
