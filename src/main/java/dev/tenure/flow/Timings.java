package dev.tenure.flow;

import dev.tenure.trace.Span;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// How long each step of a cycle took.
final class Timings {
  private final Clock clock;
  private final Map<String, Duration> steps = new LinkedHashMap<>();

  Timings(Clock clock) {
    this.clock = clock;
  }

  <T> T step(String name, Supplier<T> work) {
    var begun = clock.instant();
    try {
      return Span.step(name, work);
    } finally {
      steps.put(name, Duration.between(begun, clock.instant()));
    }
  }

  void step(String name, Runnable work) {
    step(
        name,
        () -> {
          work.run();
          return name;
        });
  }

  Map<String, Duration> steps() {
    return steps;
  }
}
