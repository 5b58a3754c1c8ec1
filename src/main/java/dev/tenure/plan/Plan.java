package dev.tenure.plan;

import dev.tenure.problem.Problem;
import java.util.List;
import java.util.function.Predicate;

/// A frozen set of changes, in the order of their lanes. `links` are those that match rules found
/// and that are not kept yet; `findings` say who was left out, and why; `waiting` what is left for
/// a later plan.
public record Plan(
    List<Change> changes,
    List<Link> links,
    List<Problem> findings,
    Population population,
    List<Waiting> waiting) {
  public Plan {
    changes = List.copyOf(changes);
    links = List.copyOf(links);
    findings = List.copyOf(findings);
    waiting = List.copyOf(waiting);
  }

  /// A plan after which nothing waits.
  public Plan(
      List<Change> changes, List<Link> links, List<Problem> findings, Population population) {
    this(changes, links, findings, population, List.of());
  }

  /// The same without some changes, and without those that wait for a name that these give up.
  public Plan without(Predicate<Change> some) {
    return withChanges(Handovers.closed(changes.stream().filter(some.negate()).toList()));
  }

  /// The same with these changes.
  public Plan withChanges(List<Change> others) {
    return new Plan(others, links, findings, population, waiting);
  }

  /// The same with these findings.
  public Plan withFindings(List<Problem> others) {
    return new Plan(changes, links, others, population, waiting);
  }

  /// How many the plan was made from: people in scope, accounts observed, accounts linked.
  public record Population(long inScope, long accounts, long linked) {}
}
