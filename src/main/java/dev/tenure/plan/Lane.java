package dev.tenure.plan;

/// The priority class of a change, the most urgent first (law 3).
public enum Lane {
  LEAVER(0),
  MOVER_DOWN(1),
  JOINER(2),
  MOVER(3),
  COSMETIC(4);

  private final int rank;

  Lane(int rank) {
    this.rank = rank;
  }

  /// As it is stored: 0 is the most urgent.
  public int rank() {
    return rank;
  }

  /// The lane of a stored rank.
  public static Lane of(int rank) {
    for (var lane : values()) if (lane.rank == rank) return lane;
    throw new IllegalArgumentException("no lane has the rank " + rank);
  }
}
