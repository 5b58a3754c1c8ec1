package dev.tenure.plan;

import dev.tenure.policy.Limit;
import dev.tenure.policy.Suspicion;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.List;
import java.util.Map;

/// Changes that together look like an accident. `name` comes from the cause alone, so that it is
/// the same in the next plan: `department=Sales vanished`. `count` are held, of `of` that could be;
/// `examples` are names of accounts; `why` says in words what is suspicious.
public record Cluster(
    String name, Suspicion kind, long count, long of, List<String> examples, String why) {
  static final int EXAMPLES_MAX = 3;

  public Cluster {
    examples = List.copyOf(examples);
  }

  /// What the plan says of it.
  Problem problem(Limit limit) {
    return new Problem(
        Code.GUARD_HELD,
        why + ", which looks like an accident",
        Map.of(
            "cluster", name,
            "kind", kind.wire(),
            "count", Long.toString(count),
            "of", Long.toString(of),
            "share", percent(),
            "examples", String.join(" ", examples),
            "limit", limit.toString()),
        "look at the source; if it is meant so: tenure approve FLOW PLAN --cluster '%s'"
            .formatted(name));
  }

  private String percent() {
    return of == 0 ? "100%" : Math.round(count * 1000.0 / of) / 10.0 + "%";
  }
}
