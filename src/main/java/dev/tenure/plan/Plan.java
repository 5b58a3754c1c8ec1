package dev.tenure.plan;

import dev.tenure.problem.Problem;
import java.util.List;

/// A frozen set of changes, in the order of their lanes. `links` are those that match rules found
/// and that are not kept yet; `findings` say who was left out, and why.
public record Plan(
    List<Change> changes, List<Link> links, List<Problem> findings, Population population) {
  public Plan {
    changes = List.copyOf(changes);
    links = List.copyOf(links);
    findings = List.copyOf(findings);
  }

  /// How many the plan was made from: people in scope, accounts observed, accounts linked.
  public record Population(long inScope, long accounts, long linked) {}
}
