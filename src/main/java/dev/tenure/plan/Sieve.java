package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.Suspicion;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A plan's changes while the guard looks at them: which are held, and as what.
final class Sieve {
  private final List<Change> changes;
  private final GuardLimits limits;
  private final Map<PersonKey, String> held = new HashMap<>();
  private final List<Cluster> clusters = new ArrayList<>();

  /// What a check found: these changes, of so many that it could be.
  record Found(List<Change> changes, long of) {}

  Sieve(List<Change> changes, GuardLimits limits) {
    this.changes = changes;
    this.limits = limits;
  }

  /// The changes of this kind that nothing holds yet, in the plan's order.
  List<Change> open(Predicate<Change> kind) {
    return changes.stream().filter(c -> !held.containsKey(c.person()) && kind.test(c)).toList();
  }

  /// Those that are held already.
  List<Change> heldOf(Predicate<Change> kind) {
    return changes.stream().filter(c -> held.containsKey(c.person()) && kind.test(c)).toList();
  }

  boolean isTooMany(Suspicion kind, long count, long of) {
    return limits.of(kind).isExceeded(count, of);
  }

  /// No fewer can be suspicious.
  boolean mayBe(Suspicion kind, long count) {
    return count > limits.of(kind).count();
  }

  /// Holds them where they are too many; `what` follows their number: `12 of 30 people …`.
  void check(Suspicion kind, String name, Found found, String what) {
    if (isTooMany(kind, found.changes().size(), found.of())) hold(kind, name, found, what);
  }

  /// Holds them.
  void hold(Suspicion kind, String name, Found found, String what) {
    found.changes().forEach(c -> held.put(c.person(), name));
    var examples = found.changes().stream().limit(Cluster.EXAMPLES_MAX).map(Change::name).toList();
    var count = found.changes().size();
    var why = "%d of %d %s".formatted(count, found.of(), what);
    clusters.add(new Cluster(name, kind, count, found.of(), examples, why));
  }

  Guard.Passed passed() {
    if (clusters.isEmpty()) return new Guard.Passed(changes, List.of(), List.of());
    var passed = new ArrayList<Change>(changes.size());
    for (var change : changes) {
      var cluster = held.get(change.person());
      passed.add(cluster == null ? change : change.heldAs(cluster));
    }
    var findings = new ArrayList<Problem>();
    clusters.forEach(c -> findings.add(c.problem(limits.of(c.kind()))));
    return new Guard.Passed(passed, List.copyOf(clusters), findings);
  }
}
