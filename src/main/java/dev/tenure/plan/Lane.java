package dev.tenure.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  /// As it is written everywhere: `mover-down`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The lane that is written so; absent where there is none.
  public static Optional<Lane> of(String wire) {
    return Arrays.stream(values()).filter(l -> l.wire().equalsIgnoreCase(wire)).findFirst();
  }

  /// The lane of a stored rank.
  public static Lane of(int rank) {
    for (var lane : values()) if (lane.rank == rank) return lane;
    throw new IllegalArgumentException("no lane has the rank " + rank);
  }
}
