package dev.tenure.console.page;

import dev.tenure.console.Parts;
import dev.tenure.console.Trouble;
import dev.tenure.flow.Flow;
import dev.tenure.flow.FlowStates.FlowState;
import dev.tenure.id.OrganizationId;
import dev.tenure.plan.Lane;
import dev.tenure.store.FlowStore;
import dev.tenure.target.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The lines that say how the flows are.
public final class FlowLines {
  private static final Duration FAILURES = Duration.ofDays(1);

  private final Parts parts;
  private final FlowStore flows;

  FlowLines(Parts parts) {
    this.parts = parts;
    this.flows = new FlowStore(parts.database());
  }

  /// How a flow is. `tone`: good, warn, bad or idle; `words` says it. `lastRead`: the source was
  /// last read whole; `oldest`: when the oldest change that waits was planned; `load`: how the
  /// budget of its target is used.
  public record FlowLine(
      String flow,
      String target,
      String tone,
      String words,
      Optional<Instant> lastCycle,
      Optional<Instant> lastRead,
      Map<String, Long> counts,
      List<Queue> queue,
      Optional<Instant> oldest,
      long held,
      Optional<Budget.Load> load,
      FlowStore.Failed failed,
      Optional<FlowStore.Newest> newest,
      Optional<Trouble.Line> problem,
      int findings) {}

  /// So many changes of a lane wait to be sent.
  public record Queue(String lane, long size) {}

  /// How all flows are at this time, which is now.
  List<FlowLine> all(Instant now) {
    return parts.engine().flows().stream().map(flow -> line(flow, now)).toList();
  }

  private FlowLine line(Flow flow, Instant now) {
    var state = parts.engine().states().of(flow.id()).filter(s -> s.endedAt().isPresent());
    var open = flows.open(flow.id());
    var failed = flows.failed(flow.id(), now.minus(FAILURES));
    var newest = flows.newest(flow.id());
    long held = size(open, true);
    var problem = state.flatMap(FlowState::problem);
    var health = health(state, held + failed.size(), state.filter(s -> isLate(s, now, flow)));
    return new FlowLine(
        flow.id().value(),
        parts.engine().target(flow).map(OrganizationId::value).orElse("a SCIM server"),
        health.tone(),
        health.words(),
        state.flatMap(FlowState::endedAt),
        flows.readAt(flow.id()),
        state.map(FlowState::counts).orElse(Map.of()),
        queue(open),
        oldest(open),
        held,
        flow.target().budget().load(),
        failed,
        newest,
        problem.map(Trouble.Line::of),
        state.map(s -> s.findings().size()).orElse(0));
  }

  private static long size(List<FlowStore.Open> open, boolean held) {
    return open.stream()
        .filter(o -> o.state().equals("held") == held)
        .mapToLong(FlowStore.Open::size)
        .sum();
  }

  private static List<Queue> queue(List<FlowStore.Open> open) {
    var lanes = new TreeMap<Lane, Long>();
    open.stream()
        .filter(o -> !o.state().equals("held"))
        .forEach(o -> lanes.merge(o.lane(), o.size(), Long::sum));
    return lanes.entrySet().stream().map(e -> new Queue(e.getKey().wire(), e.getValue())).toList();
  }

  private static Optional<Instant> oldest(List<FlowStore.Open> open) {
    return open.stream()
        .filter(o -> !o.state().equals("held"))
        .map(FlowStore.Open::oldest)
        .min(Instant::compareTo);
  }

  private static boolean isLate(FlowState state, Instant now, Flow flow) {
    var due = state.startedAt().map(at -> at.plus(flow.config().every().multipliedBy(3)));
    return due.filter(at -> at.isBefore(now)).isPresent();
  }

  private record Health(String tone, String words) {}

  private static Health health(
      Optional<FlowState> state, long attention, Optional<FlowState> late) {
    if (state.isEmpty()) return new Health("idle", "not run by serve yet");
    if (state.get().problem().isPresent()) return new Health("bad", "the last cycle failed");
    if (late.isPresent()) return new Health("bad", "no cycle for too long");
    if (attention > 0) return new Health("warn", "something waits for you");
    return new Health("good", "in step");
  }
}
