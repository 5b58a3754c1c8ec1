package dev.tenure.flow.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the rings of flows.
///
/// A ring is a sequence of different flows of which each reads what the one before wrote, and the
/// last writes to where the first reads: there, a person would meet their own account as somebody
/// else's. It does not matter whether the first flow would read that account again; the harm is
/// done when it is written. A flow that leads from a store into the same store, to give people
/// further accounts, is one only if it reads these again.
public final class Rings {
  private final List<Way> ways;

  private Rings(List<Way> ways) {
    this.ways = ways;
  }

  /// A shortest ring through each flow that begins one, none twice; empty where there is no ring.
  public static List<List<Way>> of(List<Way> ways) {
    var rings = new Rings(ways);
    var found = new ArrayList<List<Way>>();
    var seen = new HashSet<Set<Way>>();
    for (var first : ways) {
      rings.from(first).filter(ring -> seen.add(Set.copyOf(ring))).ifPresent(found::add);
    }
    return found;
  }

  private Optional<List<Way>> from(Way first) {
    if (first.reads(first)) return Optional.of(List.of(first));
    var before = new HashMap<Way, Way>();
    var open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      var last = open.remove();
      if (!last.equals(first) && first.from().equals(Optional.of(last.to()))) {
        return Optional.of(path(last, before));
      }
      for (var next : ways) {
        boolean isNew = !next.equals(first) && !before.containsKey(next);
        if (isNew && next.reads(last)) {
          before.put(next, last);
          open.add(next);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Way> path(Way last, Map<Way, Way> before) {
    var path = new ArrayList<Way>();
    for (var at = Optional.of(last); at.isPresent(); at = at.map(before::get)) path.add(at.get());
    Collections.reverse(path);
    return path;
  }
}
