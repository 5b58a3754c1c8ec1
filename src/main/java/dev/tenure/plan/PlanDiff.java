package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// What one plan has and another has not, person by person, and each of their groups by itself:
/// `added` is new, `gone` is no more, `changed` differs in its lane, its request or what the guard
/// holds; `same` are so many.
public record PlanDiff(List<Change> added, List<Change> gone, List<Pair> changed, long same) {
  /// The change of one person in both plans.
  public record Pair(Change before, Change after) {}

  public PlanDiff {
    added = List.copyOf(added);
    gone = List.copyOf(gone);
    changed = List.copyOf(changed);
  }

  public static PlanDiff between(List<Change> before, List<Change> after) {
    var open = new TreeMap<Key, Change>();
    each(before).forEach(c -> open.put(Key.of(c), c));
    var added = new ArrayList<Change>();
    var changed = new ArrayList<Pair>();
    long same = 0;
    for (var change : each(after)) {
      var former = open.remove(Key.of(change));
      if (former == null) added.add(change);
      else if (isSame(former, change)) same++;
      else changed.add(new Pair(former, change));
    }
    return new PlanDiff(added, List.copyOf(open.values()), changed, same);
  }

  /// What is compared: a person, or a person in a group. Into which requests the memberships of
  /// many people were gathered makes no difference.
  private record Key(PersonKey person, String group) implements Comparable<Key> {
    private static final Comparator<Key> BY_BOTH =
        Comparator.comparing(Key::person).thenComparing(Key::group);

    static Key of(Change change) {
      var in = Membership.of(change).stream().findFirst();
      return new Key(change.person(), in.map(m -> m.in().name()).orElse(""));
    }

    @Override
    public int compareTo(Key other) {
      return BY_BOTH.compare(this, other);
    }
  }

  private static List<Change> each(List<Change> changes) {
    return changes.stream().flatMap(c -> Membership.each(c).stream()).toList();
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
