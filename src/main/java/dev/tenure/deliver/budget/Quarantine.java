package dev.tenure.deliver.budget;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A target that failed as a whole: since when, why, and when it is tried next. `probes` counts the
/// tries.
public record Quarantine(Instant since, Instant probeAt, int probes, Problem problem) {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS_MAX = 6; // FIRST · 2^6 is more than LONGEST

  static Quarantine begin(Problem problem, Instant now) {
    return new Quarantine(now, now.plus(FIRST), 0, problem);
  }

  /// The same with one more probe under way.
  Quarantine probed(Instant now) {
    return new Quarantine(since, now.plus(wait(probes + 1)), probes + 1, problem);
  }

  private static Duration wait(int probes) {
    if (probes >= DOUBLINGS_MAX) return LONGEST;
    return FIRST.multipliedBy(1L << probes);
  }

  ObjectNode json() {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("since", since.toString()).put("probeAt", probeAt.toString()).put("probes", probes);
    node.set("problem", ChangeJson.problem(problem));
    return node;
  }

  static Quarantine of(JsonNode node) {
    return new Quarantine(
        Instant.parse(node.path("since").stringValue()),
        Instant.parse(node.path("probeAt").stringValue()),
        node.path("probes").intValue(),
        ChangeJson.problem(node.path("problem")));
  }
}
