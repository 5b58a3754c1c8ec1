package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.source.ldap.Mention.Listed;
import dev.tenure.source.ldap.Mention.Named;
import dev.tenure.source.ldap.Mention.Primary;
import dev.tenure.source.ldap.Mention.Uid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who belongs to which group, directly and through others, with cycles allowed. The way upwards is
/// computed once for each group; a person costs the union of their direct groups' ways.
final class GroupTree {
  /// Knows the groups directly above somebody or a group.
  interface Above {
    List<Group> of(Mention mention) throws LDAPException;
  }

  private final LdapTerms terms;
  private final Above above;
  private final Map<String, SortedMap<String, List<String>>> ways = new HashMap<>();

  GroupTree(LdapTerms terms, Above above) {
    this.terms = terms;
    this.above = above;
  }

  /// The groups of this person by name, each with the shortest path to it, as in
  /// [dev.tenure.source.Person].
  SortedMap<String, List<String>> of(Entry person) throws LDAPException {
    var all = new TreeMap<String, List<String>>();
    if (terms.groups().isEmpty()) return all;
    for (var mention : mentions(person, terms.groups().get())) {
      for (var direct : above.of(mention)) {
        var up = ways.get(direct.dn());
        if (up == null) {
          up = waysUp(direct);
          ways.put(direct.dn(), up);
        }
        up.forEach((name, path) -> all.merge(name, path, GroupTree::better));
      }
    }
    return all;
  }

  private Set<Mention> mentions(Entry person, LdapTerms.Groups groups) {
    var mentions = new LinkedHashSet<Mention>();
    if (groups.memberOf().isPresent()) {
      for (var dn : values(person, groups.memberOf().get())) {
        mentions.add(new Named(Mention.normalised(dn)));
      }
    } else {
      mentions.add(new Listed(Mention.normalised(person.getDN())));
      if (groups.byUid()) values(person, "uid").forEach(uid -> mentions.add(new Uid(uid)));
    }
    if (terms.activeDirectory())
      LdapKey.primaryGroup(person).map(Primary::new).ifPresent(mentions::add);
    return mentions;
  }

  private List<Group> aboveGroup(Group group) throws LDAPException {
    if (terms.groups().flatMap(LdapTerms.Groups::memberOf).isEmpty()) {
      return above.of(new Listed(group.dn()));
    }
    var all = new ArrayList<Group>();
    for (var dn : group.memberOf()) all.addAll(above.of(new Named(dn)));
    return all;
  }

  /// Breadth first, so that the first path to a group is a shortest one.
  private SortedMap<String, List<String>> waysUp(Group start) throws LDAPException {
    var found = new TreeMap<String, List<String>>();
    var paths = new HashMap<String, List<String>>();
    var open = new ArrayDeque<Group>();
    paths.put(start.dn(), List.of(start.name()));
    open.add(start);
    while (!open.isEmpty()) {
      var group = open.remove();
      var path = paths.getOrDefault(group.dn(), List.of());
      found.merge(group.name(), path, GroupTree::better);
      for (var higher : aboveGroup(group)) {
        if (paths.containsKey(higher.dn())) continue; // seen: a cycle, or a second way
        var longer = new ArrayList<>(path);
        longer.add(higher.name());
        paths.put(higher.dn(), List.copyOf(longer));
        open.add(higher);
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

  static List<String> values(Entry entry, String attribute) {
    var values = entry.getAttributeValues(attribute);
    return values == null ? List.of() : Arrays.asList(values);
  }
}
