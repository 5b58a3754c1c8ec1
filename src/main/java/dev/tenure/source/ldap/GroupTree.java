package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who belongs to which group, directly and through others, with cycles allowed. The way upwards is
/// computed once for each group; a person costs the union of their direct groups' ways.
final class GroupTree {
  /// A group by the DN that its members are listed under, in normalised form.
  private record Group(String dn, String name) {}

  private final Map<String, List<Group>> groupsOf = new HashMap<>();
  private final Map<String, SortedMap<String, List<String>>> ways = new HashMap<>();
  private long count;

  /// Adds a group with its direct members, people and groups alike. DNs are compared without regard
  /// to letter case and spacing; what is no DN is nobody.
  void add(String dn, String name, Iterable<String> members) {
    var group = new Group(normalised(dn), name);
    count++;
    for (var member : members) {
      groupsOf.computeIfAbsent(normalised(member), _ -> new ArrayList<>(2)).add(group);
    }
  }

  long count() {
    return count;
  }

  /// The groups of this DN by name, each with the shortest path to it, as in
  /// [dev.tenure.source.Person].
  SortedMap<String, List<String>> of(String dn) {
    var all = new TreeMap<String, List<String>>();
    for (var direct : groupsOf.getOrDefault(normalised(dn), List.of())) {
      ways.computeIfAbsent(direct.dn(), _ -> waysUp(direct))
          .forEach((name, path) -> all.merge(name, path, GroupTree::better));
    }
    return all;
  }

  /// Breadth first, so that the first path to a group is a shortest one.
  private SortedMap<String, List<String>> waysUp(Group start) {
    var found = new TreeMap<String, List<String>>();
    var paths = new HashMap<String, List<String>>();
    var open = new ArrayDeque<Group>();
    paths.put(start.dn(), List.of(start.name()));
    open.add(start);
    while (!open.isEmpty()) {
      var group = open.remove();
      var path = paths.getOrDefault(group.dn(), List.of());
      found.merge(group.name(), path, GroupTree::better);
      for (var above : groupsOf.getOrDefault(group.dn(), List.of())) {
        if (paths.containsKey(above.dn())) continue; // seen: a cycle, or a second way
        var longer = new ArrayList<>(path);
        longer.add(above.name());
        paths.put(above.dn(), List.copyOf(longer));
        open.add(above);
      }
    }
    return found;
  }

  /// The shorter one; of equal ones the first by name, so that the same directory always gives the
  /// same answer.
  private static List<String> better(List<String> one, List<String> other) {
    if (one.size() != other.size()) return one.size() < other.size() ? one : other;
    return one.toString().compareTo(other.toString()) <= 0 ? one : other;
  }

  static String normalised(String dn) {
    try {
      return DN.normalize(dn);
    } catch (LDAPException e) {
      return dn;
    }
  }
}
