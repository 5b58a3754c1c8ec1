package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.GuardLimits;
import dev.tenure.policy.Suspicion;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A plan's changes while the guard looks at them: which are held, and as what.
final class Sieve {
  private final List<Change> changes;
  private final GuardLimits limits;
  private List<Change> lately;
  private final Map<PersonKey, String> held = new HashMap<>();
  private final List<Cluster> clusters = new ArrayList<>();

  /// What a check found: these changes, of so many that it could be. How many that are is asked
  /// only where the changes alone are suspicious, for it may take a look at everybody.
  record Found(List<Change> changes, LongSupplier among) {
    Found(List<Change> changes, long of) {
      this(changes, () -> of);
    }

    long of() {
      return among.getAsLong();
    }
  }

  /// `lately`: what went before this plan and counts with it.
  Sieve(List<Change> changes, List<Change> lately, GuardLimits limits) {
    this.changes = changes;
    this.limits = limits;
    var now = changes.stream().map(Change::person).collect(Collectors.toSet());
    this.lately = lately.stream().filter(c -> !now.contains(c.person())).toList();
  }

  /// From now on only the plan itself counts.
  void forgetLately() {
    lately = List.of();
  }

  /// The changes of this kind that nothing holds yet, in the plan's order, and after them those
  /// that went before.
  List<Change> open(Predicate<Change> kind) {
    return Stream.concat(changes.stream(), lately.stream())
        .filter(c -> !held.containsKey(c.person()) && kind.test(c))
        .toList();
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
    var count = found.changes().size();
    if (mayBe(kind, count) && isTooMany(kind, count, found.of())) hold(kind, name, found, what);
  }

  /// Holds them, except those that went before: they only count.
  void hold(Suspicion kind, String name, Found found, String what) {
    found.changes().forEach(c -> held.put(c.person(), name));
    var went = found.changes().stream().filter(lately::contains).count();
    var count = found.changes().size();
    if (went == count) return;
    var examples = found.changes().stream().limit(Cluster.EXAMPLES_MAX).map(Change::name).toList();
    var of = found.of();
    var before = went == 0 ? "" : ", %d of them shortly before this plan".formatted(went);
    var why = "%d of %d %s%s".formatted(count, of, what, before);
    clusters.add(new Cluster(name, kind, count, of, examples, why));
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
