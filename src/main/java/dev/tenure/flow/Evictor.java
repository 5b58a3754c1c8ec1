package dev.tenure.flow;

import dev.tenure.deliver.DeliveryReport;
import dev.tenure.id.Correlation;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Locks a person out of many flows at once.
public final class Evictor {
  private final Cycle cycle;

  public Evictor(Cycle cycle) {
    this.cycle = cycle;
  }

  /// How it went in one flow: `report` is what was sent, absent where there was nothing to send;
  /// `problem`: why it could not be tried now; `took`: since the command was given.
  public record Evicted(
      Flow flow,
      PersonKey person,
      Optional<DeliveryReport> report,
      Optional<Problem> problem,
      Duration took) {
    /// Whether the person is out.
    public boolean isOut() {
      return problem.isEmpty() && report.filter(r -> r.done() == 0).isEmpty();
    }
  }

  /// First writes down everywhere that they are evicted, so that it holds whatever comes; then
  /// locks them out, in all flows at the same time.
  public List<Evicted> evict(Map<Flow, PersonKey> people, String reason)
      throws InterruptedException {
    var begun = cycle.now();
    people.forEach((flow, person) -> writeDown(flow, person, reason));
    var correlation = Correlation.current();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          people.entrySet().stream()
              .map(e ->
                  executor.submit(
                      () -> correlation.call(() -> evicted(e.getKey(), e.getValue(), begun))))
              .toList();
      var all = new ArrayList<Evicted>();
      for (var task : tasks) all.add(task.get());
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// The next turn decides on them, too, should they not be out by then.
  private void writeDown(Flow flow, PersonKey person, String reason) {
    cycle.books().evictions().evict(flow.id(), person, reason);
    cycle.books().agenda().add(flow.id(), List.of(person), cycle.now());
  }

  private Evicted evicted(Flow flow, PersonKey person, Instant begun) throws InterruptedException {
    try {
      var report = cycle.evict(flow, person);
      return new Evicted(flow, person, report, Optional.empty(), since(begun));
    } catch (Problem.Found e) {
      var problem = Optional.of(e.problems().getFirst());
      return new Evicted(flow, person, Optional.empty(), problem, since(begun));
    }
  }

  private Duration since(Instant begun) {
    return Duration.between(begun, cycle.now());
  }

  /// The source and the rules count again, from the next turn or plan on; false where the person
  /// was not evicted.
  public boolean lift(Flow flow, PersonKey person) {
    boolean was = cycle.books().evictions().lift(flow.id(), person);
    if (was) cycle.books().agenda().add(flow.id(), List.of(person), cycle.now());
    return was;
  }
}
