package dev.tenure.reconcile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a look at both ends found, in the order of [Reconciler]: of 100,000 conflicts a page is
/// found without going through all of them.
public record Found(List<Conflict> conflicts) {
  /// After every id.
  private static final String ENDLESS = "\uffff";

  public Found {
    conflicts = conflicts.stream().sorted(Reconciler.ORDER).toList();
  }

  /// Those of a kind, or all.
  public List<Conflict> of(Optional<ConflictKind> kind) {
    return kind.map(k -> conflicts.subList(first(k, ""), first(k, ENDLESS))).orElse(conflicts);
  }

  /// Those of a kind, or all, that come after the one of this id, whether that is still there or
  /// not. Absent where it is the id of nothing.
  public Optional<List<Conflict>> after(Optional<ConflictKind> kind, String id) {
    return kindOf(id)
        .map(k -> {
          int from = first(k, id);
          boolean isThere = from < conflicts.size() && conflicts.get(from).id().equals(id);
          int begin = kind.map(only -> first(only, "")).orElse(0);
          int end = kind.map(only -> first(only, ENDLESS)).orElse(conflicts.size());
          return conflicts.subList(Math.clamp(isThere ? from + 1 : from, begin, end), end);
        });
  }

  private static Optional<ConflictKind> kindOf(String id) {
    return Arrays.stream(ConflictKind.values())
        .filter(kind -> id.startsWith(kind.wire() + "/"))
        .findFirst();
  }

  /// The place of the first that is not before this one.
  private int first(ConflictKind kind, String id) {
    int low = 0;
    int high = conflicts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      var there = conflicts.get(middle);
      int before = there.kind().compareTo(kind);
      if (before < 0 || (before == 0 && there.id().compareTo(id) < 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
