package dev.tenure.cli.bench;

import java.util.Arrays;

/// Of measured values, in no order.
final class Percentile {
  private Percentile() {}

  static double median(double[] values) {
    return sorted(values)[values.length / 2];
  }

  static double highest(double[] values) {
    return sorted(values)[values.length - 1];
  }

  private static double[] sorted(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
