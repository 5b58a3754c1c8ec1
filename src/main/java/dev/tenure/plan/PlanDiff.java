package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What one plan has and another has not, person by person: `added` is new, `gone` is no more,
/// `changed` differs in its lane, its request or what the guard holds; `same` are so many.
public record PlanDiff(List<Change> added, List<Change> gone, List<Pair> changed, long same) {
  /// The change of one person in both plans.
  public record Pair(Change before, Change after) {}

  public PlanDiff {
    added = List.copyOf(added);
    gone = List.copyOf(gone);
    changed = List.copyOf(changed);
  }

  public static PlanDiff between(List<Change> before, List<Change> after) {
    var open = new TreeMap<PersonKey, Change>();
    before.forEach(c -> open.put(c.person(), c));
    var added = new ArrayList<Change>();
    var changed = new ArrayList<Pair>();
    long same = 0;
    for (var change : after) {
      var former = open.remove(change.person());
      if (former == null) added.add(change);
      else if (isSame(former, change)) same++;
      else changed.add(new Pair(former, change));
    }
    return new PlanDiff(added, List.copyOf(open.values()), changed, same);
  }

  private static boolean isSame(Change one, Change other) {
    return one.lane() == other.lane()
        && one.request().equals(other.request())
        && one.cluster().equals(other.cluster());
  }

  public boolean isEmpty() {
    return added.isEmpty() && gone.isEmpty() && changed.isEmpty();
  }
}
