package dev.tenure.deliver;

import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Problem;
import dev.tenure.target.Target;
import dev.tenure.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// Sends the changes of a plan, or of all that were accepted. Any number of deliveries may work on
/// the same plan, on any number of nodes: each change is leased by one of them.
public final class Delivery {
  /// What is to be sent, and when to stop even if something is left: at `until`, or soon after it
  /// is `called` away. Without a plan it is whatever was accepted, also while this goes on.
  public record Order(
      FlowId flow, Optional<PlanNumber> plan, Instant until, BooleanSupplier called) {
    public Order(FlowId flow, PlanNumber plan, Instant until) {
      this(flow, Optional.of(plan), until, () -> false);
    }

    private Stop stop() {
      return new Stop(until, called);
    }
  }

  private final Plans plans;
  private final Queue queue;
  private final TimeAndChance world;

  public Delivery(Plans plans, Queue queue, TimeAndChance world) {
    this.plans = plans;
    this.queue = queue;
    this.world = world;
  }

  /// Sends the plan, with the usual settings, until nothing of it is left.
  public DeliveryReport deliver(FlowId flow, PlanNumber plan, Target target, Progress progress)
      throws InterruptedException {
    return deliver(new Order(flow, plan, Instant.MAX), DeliveryConfig.DEFAULT, target, progress);
  }

  /// Sends a plan that was accepted ([Plans#accept]), and returns when nothing of it is left to be
  /// sent, when it is superseded, or at `until`; requests that are under way are waited for.
  ///
  /// Interrupted, it gives back what is not sent; what was sent and not settled is looked up by the
  /// next delivery. Throws what the database throws, likewise with nothing lost.
  public DeliveryReport deliver(
      Order order, DeliveryConfig config, Target target, Progress progress)
      throws InterruptedException {
    var begun = world.clock().instant();
    var plan = order.plan().orElseThrow();
    var ledger = ledger(order, progress).counted(target.budget(), target.togetherMax());
    var problems = send(ledger, order, config, target);
    plans.close(order.flow(), plan);
    return new DeliveryReport(
        plans.get(order.flow(), plan), problems, Duration.between(begun, world.clock().instant()));
  }

  /// What came of sending whatever was accepted: `done` changes took effect.
  public record Sent(long done, List<Problem> problems, Duration took) {}

  /// Sends what was accepted of the flow, whatever plan it stands in, the most urgent first; also
  /// what is accepted while this goes on.
  public Sent deliverAll(Order order, DeliveryConfig config, Target target)
      throws InterruptedException {
    var begun = world.clock().instant();
    var all = new Order(order.flow(), Optional.empty(), order.until(), order.called());
    var ledger = ledger(all, Progress.NONE);
    var problems = send(ledger, all, config, target);
    plans.unfinished(order.flow()).forEach(number -> plans.close(order.flow(), number));
    return new Sent(ledger.done(), problems, Duration.between(begun, world.clock().instant()));
  }

  private Ledger ledger(Order order, Progress progress) {
    var taker = new Queue.Taker(order.flow(), order.plan(), UUID.randomUUID().toString());
    return new Ledger(queue, taker, world, progress);
  }

  private List<Problem> send(Ledger ledger, Order order, DeliveryConfig config, Target target)
      throws InterruptedException {
    var run = new DeliveryRun(ledger, config, world, order.stop()).under(target.budget());
    work(run, new Attempt(target, world.clock()), config.concurrency());
    return ledger.problems();
  }

  private static void work(DeliveryRun run, Attempt attempt, int workers)
      throws InterruptedException {
    if (workers == 1) {
      run.work(attempt);
      return;
    }
    var correlation = Correlation.current();
    var span = Span.current();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          java.util.stream.IntStream.range(0, workers)
              .mapToObj(_ ->
                  executor.submit(() ->
                      span.within(() ->
                          correlation.call(() -> {
                            run.work(attempt);
                            return true;
                          }))))
              .toList();
      try {
        for (var task : tasks) task.get();
      } catch (InterruptedException e) {
        executor.shutdownNow();
        throw e;
      } catch (ExecutionException e) {
        throw failed(e);
      }
    }
  }

  private static RuntimeException failed(ExecutionException e) throws InterruptedException {
    if (e.getCause() instanceof InterruptedException interrupted) throw interrupted;
    return e.getCause() instanceof RuntimeException thrown
        ? thrown
        : new IllegalStateException(e.getCause());
  }
}
