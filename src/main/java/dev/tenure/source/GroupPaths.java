package dev.tenure.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which groups are in which, by ids that are compared exactly, with cycles allowed. The way
/// upwards is computed once for each group; a person costs the union of their direct groups' ways.
public final class GroupPaths {
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, List<String>> above = new HashMap<>();
  private final Map<String, List<String>> below = new HashMap<>();
  private final Map<String, SortedMap<String, List<String>>> ways = new HashMap<>();

  /// There is a group of this id, shown by this name.
  public void group(String id, String name) {
    names.put(id, name);
  }

  /// The group `inner` is a member of the group `outer`.
  public void nest(String inner, String outer) {
    above.computeIfAbsent(inner, _ -> new ArrayList<>(2)).add(outer);
    below.computeIfAbsent(outer, _ -> new ArrayList<>(2)).add(inner);
  }

  public boolean has(String id) {
    return names.containsKey(id);
  }

  public int count() {
    return names.size();
  }

  /// The groups of who is directly in these, by name, each with the shortest path to it, as in
  /// [Person]. Ids that are no group's count for nothing.
  public SortedMap<String, List<String>> of(Collection<String> direct) {
    var all = new TreeMap<String, List<String>>();
    for (var id : direct) {
      if (!has(id)) continue;
      ways.computeIfAbsent(id, this::waysUp)
          .forEach((name, path) -> all.merge(name, path, GroupPaths::better));
    }
    return all;
  }

  /// These and all groups that they are in, through others too.
  public Set<String> upwards(Collection<String> ids) {
    return closure(ids, above);
  }

  /// These and all groups that are in them, through others too.
  public Set<String> downwards(Collection<String> ids) {
    return closure(ids, below);
  }

  private static Set<String> closure(Collection<String> ids, Map<String, List<String>> edges) {
    var seen = new LinkedHashSet<>(ids);
    var open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (var other : edges.getOrDefault(open.remove(), List.of())) {
        if (seen.add(other)) open.add(other);
      }
    }
    return seen;
  }

  /// Breadth first, so that the first path to a group is a shortest one.
  private SortedMap<String, List<String>> waysUp(String start) {
    var found = new TreeMap<String, List<String>>();
    var paths = new HashMap<String, List<String>>();
    var open = new ArrayDeque<String>();
    paths.put(start, List.of(name(start)));
    open.add(start);
    while (!open.isEmpty()) {
      var id = open.remove();
      var path = paths.getOrDefault(id, List.of());
      found.merge(name(id), path, GroupPaths::better);
      for (var outer : above.getOrDefault(id, List.of())) {
        if (!has(outer) || paths.containsKey(outer)) continue; // a cycle, or a second way
        var longer = new ArrayList<>(path);
        longer.add(name(outer));
        paths.put(outer, List.copyOf(longer));
        open.add(outer);
      }
    }
    return found;
  }

  private String name(String id) {
    return names.getOrDefault(id, id);
  }

  /// The shorter one; of equal ones the first by name, so that the same groups always give the same
  /// answer.
  private static List<String> better(List<String> one, List<String> other) {
    if (one.size() != other.size()) return one.size() < other.size() ? one : other;
    return one.toString().compareTo(other.toString()) <= 0 ? one : other;
  }
}
