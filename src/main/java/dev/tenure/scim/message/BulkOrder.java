package dev.tenure.scim.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// In which order the operations of a Bulk request are done: as they stand, but one that refers to
/// a later one waits for it. Where some wait for each other, one of them is done without its
/// reference and completed when all are there (RFC 7644 §3.7.1); groups that are to be members of
/// each other are refused, as they may not be.
public final class BulkOrder {
  private final List<BulkRequest.Operation> operations;
  private final List<Set<Integer>> needs = new ArrayList<>();
  private final Map<Integer, String> unknown = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Set<Integer> settled = new HashSet<>();
  private final Set<Integer> waiting = new java.util.TreeSet<>();
  private final Set<Integer> begun = new java.util.LinkedHashSet<>();

  private BulkOrder(List<BulkRequest.Operation> operations) {
    this.operations = operations;
  }

  /// What is done with the operation at `index`.
  public sealed interface Step {
    int index();

    /// It is done.
    record Run(int index) implements Step {}

    /// It is done without the references that are not there yet.
    record Begin(int index) implements Step {}

    /// What was begun gets the rest of its references.
    record Complete(int index) implements Step {}

    /// It refers to a bulkId that no operation has.
    record Dangling(int index, String bulkId) implements Step {}

    /// It would make a group a member of itself.
    record Circle(int index) implements Step {}
  }

  /// All operations in order; each has one step, or is begun and completed.
  public static List<Step> of(List<BulkRequest.Operation> operations) {
    var order = new BulkOrder(operations);
    order.link();
    for (int i = 0; i < operations.size(); i++) {
      order.waiting.add(i);
      order.runReady();
    }
    while (!order.waiting.isEmpty()) {
      order.breakCircle();
      order.runReady();
    }
    order.begun.forEach(i -> order.steps.add(new Step.Complete(i)));
    return order.steps;
  }

  private void link() {
    var makers = new HashMap<String, Integer>();
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i).defines()) makers.put(operations.get(i).bulkId(), i);
    }
    for (int i = 0; i < operations.size(); i++) {
      var needed = new HashSet<Integer>();
      for (var bulkId : BulkReferences.of(operations.get(i))) {
        var maker = makers.get(bulkId);
        if (maker == null) unknown.putIfAbsent(i, bulkId);
        else needed.add(maker);
      }
      needs.add(needed);
    }
  }

  private void runReady() {
    for (boolean moved = true; moved; ) {
      moved = false;
      for (int i : List.copyOf(waiting)) {
        var dangling = unknown.get(i);
        if (dangling == null && !settled.containsAll(needs.get(i))) continue;
        settle(dangling == null ? new Step.Run(i) : new Step.Dangling(i, dangling));
        moved = true;
      }
    }
  }

  private void settle(Step step) {
    steps.add(step);
    waiting.remove(step.index());
    settled.add(step.index());
  }

  /// Everything that waits now waits for a circle.
  private void breakCircle() {
    var circle = waiting.stream().flatMap(i -> circle(i).stream()).findFirst().orElseThrow();
    var soft = circle.stream().filter(i -> !operations.get(i).makesGroup()).sorted().findFirst();
    if (soft.isPresent()) {
      begun.add(soft.get());
      settle(new Step.Begin(soft.get()));
    } else {
      circle.stream().sorted().forEach(i -> settle(new Step.Circle(i)));
    }
  }

  /// The shortest way from an operation back to itself by what each waits for.
  private Optional<List<Integer>> circle(int start) {
    var from = new HashMap<Integer, Integer>();
    var next = new ArrayDeque<Integer>(List.of(start));
    while (!next.isEmpty()) {
      int at = next.remove();
      for (int needed : needs.get(at)) {
        if (needed == start) return Optional.of(way(start, at, from));
        if (waiting.contains(needed) && from.putIfAbsent(needed, at) == null) next.add(needed);
      }
    }
    return Optional.empty();
  }

  private static List<Integer> way(int start, int end, Map<Integer, Integer> from) {
    var way = new ArrayList<Integer>();
    for (int at = end; at != start; at = from.getOrDefault(at, start)) way.add(at);
    way.add(start);
    return way;
  }
}
