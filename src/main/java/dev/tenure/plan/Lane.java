package dev.tenure.plan;

/// The priority class of a change, the most urgent first (law 3).
public enum Lane {
  LEAVER,
  MOVER_DOWN,
  JOINER,
  MOVER,
  COSMETIC
}
