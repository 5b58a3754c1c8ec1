package dev.tenure.flow;

import dev.tenure.deliver.DeliveryReport;
import dev.tenure.flow.FlowStates.FlowState;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What is written down of a turn: numbers and findings of the whole flow, of which a turn that was
/// about some people only tells a part.
record Cycled(Map<String, Long> counts, List<Problem> findings, Optional<Problem> problem) {
  /// What is found where a source does not give all that it has.
  private static final Set<Code> UNREAD =
      Set.of(
          Code.SOURCE_UNREACHABLE,
          Code.SOURCE_REFUSED,
          Code.SOURCE_TLS,
          Code.SOURCE_INCOMPLETE,
          Code.SOURCE_EMPTY,
          Code.SOURCE_FILE,
          Code.SOURCE_SHRUNK);

  private static final List<String> OF_EVERYBODY = List.of("read", "inScope", "left", "unclear");

  /// The turn, on top of what was written down before.
  static Cycled of(Turn turn, Optional<FlowState> before) {
    var report = turn.report().orElseThrow();
    var counts = new TreeMap<String, Long>();
    if (turn.counted()) {
      counts.put("read", report.counts().read());
      counts.put("inScope", report.counts().inScope());
      counts.put("left", report.counts().left());
      counts.put("unclear", report.counts().unclear());
    } else {
      before.ifPresent(state ->
          OF_EVERYBODY.forEach(name -> counts.put(name, state.counts().getOrDefault(name, 0L))));
    }
    counts.put("changes", (long) report.plan().changes().size());
    report.delivery().ifPresent(delivery -> count(counts, delivery));
    return new Cycled(
        counts, findings(turn, before), report.delivery().flatMap(DeliveryReport::barred));
  }

  /// Whether the source was asked, and gave all that it has.
  static boolean hasRead(Turn turn) {
    var report = turn.report();
    return turn.counted()
        && report.filter(r -> r.counts().complete()).isPresent()
        && report.get().plan().findings().stream().noneMatch(f -> UNREAD.contains(f.code()));
  }

  private static void count(Map<String, Long> counts, DeliveryReport delivery) {
    counts.put("done", delivery.done());
    counts.put("failed", delivery.refused() + delivery.dead() + delivery.stale());
    counts.put("held", delivery.held());
  }

  /// What was said of others still holds, and what is held stays held.
  private static List<Problem> findings(Turn turn, Optional<FlowState> before) {
    var now = turn.report().orElseThrow().plan().findings();
    if (turn.about().isEmpty() || before.isEmpty()) return now;
    var all = new ArrayList<>(now);
    for (var old : before.get().findings()) {
      if (stays(old, turn, turn.about().get()) && !all.contains(old)) all.add(old);
    }
    return all;
  }

  private static boolean stays(Problem old, Turn turn, Set<PersonKey> about) {
    var person = old.details().getOrDefault("person", "");
    if (!person.isBlank()) return about.stream().noneMatch(p -> p.value().equals(person));
    return old.code() == Code.GUARD_HELD ? turn.held() : !turn.counted();
  }
}
