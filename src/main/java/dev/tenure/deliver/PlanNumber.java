package dev.tenure.deliver;

/// The number of a plan within its flow, counted from 1.
public record PlanNumber(long value) implements Comparable<PlanNumber> {
  public PlanNumber {
    if (value < 1) throw new IllegalArgumentException("plans are counted from 1");
  }

  @Override
  public int compareTo(PlanNumber other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
