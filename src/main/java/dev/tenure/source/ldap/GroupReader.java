package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.source.ldap.Mention.Named;
import dev.tenure.source.ldap.Mention.Primary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Reads all groups.
final class GroupReader {
  private final LDAPConnection connection;
  private final LdapTerms terms;
  private final LdapTerms.Groups groups;
  private final Map<Mention, List<Group>> above = new HashMap<>();
  private final GroupMemory memory;
  private long count;

  GroupReader(LDAPConnection connection, LdapTerms terms, GroupMemory memory) {
    this.connection = connection;
    this.terms = terms;
    this.groups = terms.groups().orElseThrow();
    this.memory = memory;
  }

  /// The number of groups that were read so far.
  long count() {
    return count;
  }

  GroupTree read(int pageSize) throws LDAPException {
    memory.clear();
    new LdapPages(connection, pageSize).each(groups.search(), asked(terms, groups), this::add);
    memory.fill();
    return new GroupTree(terms, mention -> above.getOrDefault(mention, List.of()));
  }

  static Collection<String> asked(LdapTerms terms, LdapTerms.Groups groups) {
    var asked = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    asked.add(groups.name());
    if (terms.activeDirectory()) asked.add("objectSid");
    else asked.add(LdapTerms.UUID);
    if (groups.memberOf().isPresent()) asked.add(groups.memberOf().get());
    else asked.addAll(groups.members());
    return asked;
  }

  private void add(Entry entry) {
    var group = group(entry, groups);
    count++;
    memory.keep(entry, group);
    LdapKey.sid(entry).ifPresent(sid -> put(new Primary(sid), group));
    if (groups.memberOf().isPresent()) put(new Named(group.dn()), group);
    else {
      for (var attribute : groups.members()) {
        for (var value : GroupTree.values(entry, attribute)) {
          put(Mention.listed(attribute, value), group);
        }
      }
    }
  }

  private void put(Mention mention, Group group) {
    above.computeIfAbsent(mention, _ -> new ArrayList<>(2)).add(group);
  }

  static Group group(Entry entry, LdapTerms.Groups groups) {
    var name = entry.getAttributeValue(groups.name());
    return new Group(
        Mention.normalised(entry.getDN()),
        name == null ? entry.getDN() : name,
        groups
            .memberOf()
            .map(a -> GroupTree.values(entry, a).stream().map(Mention::normalised).toList())
            .orElse(List.of()));
  }
}
