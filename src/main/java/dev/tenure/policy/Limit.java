package dev.tenure.policy;

/// How much is too much: more than `count`, and more than `share` (0 to 1) of those that it could
/// be. Both must be exceeded: a few people of a small company are no accident, nor is a small share
/// of a large one.
public record Limit(int count, double share) {
  public boolean isExceeded(long found, long of) {
    return found > count && found > share * of;
  }

  /// `20 and 10%`.
  @Override
  public String toString() {
    return count + " and " + Math.round(share * 1000) / 10.0 + "%";
  }
}
