package dev.tenure.flow;

import dev.tenure.deliver.TimeAndChance;
import dev.tenure.flow.FlowStates.FlowState;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs flows again and again, each on its own virtual thread: at its interval, as soon as its
/// source tells of a change, and when the rules themselves say something else (a first day, a last
/// day). At most half of the time is spent on reading the ends. A turn that fails is written down
/// and tried again; it stops no other flow.
public final class FlowRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlowRunner.class);

  /// Requests that are under way get so long to end.
  private static final Duration STOP = Duration.ofSeconds(4);

  /// Starts are spread by up to this share of the interval, so that flows don't march in step.
  private static final double JITTER = 0.1;

  /// Turns come no more often.
  private static final Duration LEAST = Duration.ofMillis(100);

  private final Cycle cycle;
  private final FlowStates states;
  private final TimeAndChance world;
  private final Onlooker onlooker;
  private final Map<FlowId, Running> running = new HashMap<>();

  private boolean isClosed;

  private record Running(Flow flow, List<Thread> threads) {}

  public FlowRunner(Cycle cycle, FlowStates states, TimeAndChance world) {
    this(cycle, states, world, Onlooker.NOBODY);
  }

  /// The same, watched by somebody.
  public FlowRunner(Cycle cycle, FlowStates states, TimeAndChance world, Onlooker onlooker) {
    this.cycle = cycle;
    this.states = states;
    this.world = world;
    this.onlooker = onlooker;
  }

  /// From now on these run. One that is the same as before goes on undisturbed; any other stops,
  /// and has its first turn at once where there still is one of its name.
  public synchronized void become(List<Flow> flows) {
    if (isClosed) return;
    var wanted = flows.stream().collect(Collectors.toMap(Flow::id, Function.identity()));
    var over =
        running.values().stream().filter(r -> !r.flow().equals(wanted.get(r.flow().id()))).toList();
    stop(over);
    over.forEach(r -> running.remove(r.flow().id()));
    for (var flow : flows) running.computeIfAbsent(flow.id(), _ -> start(flow));
  }

  private Running start(Flow flow) {
    var turns = new CalledTurns(flow, cycle.books(), world, () -> once(flow, false, () -> false));
    var loop = Thread.ofVirtual().name("flow-" + flow.id()).start(() -> loop(flow));
    var called = Thread.ofVirtual().name("called-" + flow.id()).start(() -> called(turns));
    return new Running(flow, List.of(loop, called));
  }

  private static void called(CalledTurns turns) {
    try {
      turns.run();
    } catch (InterruptedException e) {
      LOG.debug("called turns were stopped", e);
    }
  }

  private void loop(Flow flow) {
    try (var watch = new Watch(flow, cycle.books(), world)) {
      var next = world.clock().instant();
      while (!Thread.currentThread().isInterrupted()) {
        var begun = world.clock().instant();
        boolean atTime = !begun.isBefore(next);
        var turn = once(flow, atTime, watch::isCalled);
        if (atTime) next = next(flow, begun);
        if (turn.filter(Turn::more).isPresent()) {
          watch.glance(next);
          continue;
        }
        watch.rest(LEAST, end(turn, next));
      }
    } catch (InterruptedException e) {
      LOG.debug("flow {} was stopped", flow.id(), e);
    }
  }

  private static Instant end(Optional<Turn> turn, Instant next) {
    return turn.flatMap(Turn::nextDue).filter(next::isAfter).orElse(next);
  }

  /// When both ends are looked at again. Meanwhile the feed is heard, however long it took.
  private Instant next(Flow flow, Instant begun) {
    var next = flow.config().schedule().after(begun).minus(jitter(flow.config().schedule()));
    var now = world.clock().instant();
    var rested = now.plus(Duration.between(begun, now));
    return rested.isAfter(next) ? rested : next;
  }

  private Duration jitter(Schedule schedule) {
    if (!(schedule instanceof Schedule.Interval(var every))) return Duration.ZERO;
    return Duration.ofMillis((long) (every.toMillis() * JITTER * world.random().nextDouble()));
  }

  /// One turn, written down however it ends; absent where it failed.
  private Optional<Turn> once(Flow flow, boolean atTime, BooleanSupplier called)
      throws InterruptedException {
    var correlation = new Correlation("flow/" + flow.id(), UUID.randomUUID().toString());
    try {
      return correlation.call(
          () -> cycle.recorded("turn", flow, () -> recorded(flow, atTime, called)));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // The database itself: the next turn tries again.
      LOG.error("flow {}: the turn could not be written down", flow.id(), e);
      return Optional.empty();
    }
  }

  private Optional<Turn> recorded(Flow flow, boolean atTime, BooleanSupplier called)
      throws InterruptedException {
    var begun = world.clock().instant();
    try {
      var turn = cycle.turn(flow, atTime, called);
      if (turn.report().isPresent()) {
        var cycled = Cycled.of(turn, states.of(flow.id()));
        cycled.problem().ifPresent(p -> Span.current().failed(p.code().name()));
        tell(flow, begun, cycled.problem().isEmpty(), Cycled.hasRead(turn));
        states.keep(state(flow, begun, cycled));
      }
      return Optional.of(turn);
    } catch (Problem.Found e) {
      if (e.problems().getFirst().code() == Code.FLOW_BUSY) {
        LOG.info("flow {}: somebody else is working on it, this turn is skipped", flow.id());
        return Optional.empty();
      }
      LOG.warn("flow {}: {}", flow.id(), e.getMessage());
      keepFailure(flow, begun, e);
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) throw new InterruptedException();
      LOG.error("flow {}: the cycle failed", flow.id(), e);
      keepFailure(flow, begun, e);
    }
    return Optional.empty();
  }

  private void keepFailure(Flow flow, Instant begun, RuntimeException thrown) {
    tell(flow, begun, false, false);
    var problems = Cycle.problems(thrown);
    Span.current().failed(problems.getFirst().code().name());
    var cycled = new Cycled(Map.of(), problems, Optional.of(problems.getFirst()));
    states.keep(state(flow, begun, cycled));
  }

  private void tell(Flow flow, Instant begun, boolean good, boolean read) {
    var took = Duration.between(begun, world.clock().instant());
    onlooker.turned(new Onlooker.Turned(flow.id(), begun, took, good, read));
  }

  private FlowState state(Flow flow, Instant begun, Cycled cycled) {
    return new FlowState(
        flow.id(),
        Optional.of(begun),
        Optional.of(world.clock().instant()),
        cycled.counts(),
        cycled.findings(),
        cycled.problem());
  }

  /// Stops all flows within five seconds: what is not sent is given back, what is under way is
  /// settled, or looked up after the next start.
  @Override
  public synchronized void close() {
    isClosed = true;
    stop(running.values());
    running.clear();
  }

  private void stop(Collection<Running> some) {
    var threads = some.stream().flatMap(r -> r.threads().stream()).toList();
    threads.forEach(Thread::interrupt);
    var end = world.clock().instant().plus(STOP);
    try {
      for (var thread : threads) {
        var left = Duration.between(world.clock().instant(), end);
        if (left.isPositive() && !thread.join(left)) {
          LOG.warn("{} did not stop in time", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
