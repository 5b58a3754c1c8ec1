package dev.tenure.cli.bench;

import java.util.List;

/// The times of one case in seconds, in the order of the runs. `atMost`: what the median must not
/// exceed, 0 where nothing was promised.
record Measured(String name, List<Double> seconds, double atMost) {
  Measured {
    seconds = List.copyOf(seconds);
    if (seconds.isEmpty()) throw new IllegalArgumentException("nothing was measured");
  }

  double minimum() {
    return sorted().getFirst();
  }

  double median() {
    return sorted().get(seconds.size() / 2);
  }

  double maximum() {
    return sorted().getLast();
  }

  private List<Double> sorted() {
    return seconds.stream().sorted().toList();
  }
}
