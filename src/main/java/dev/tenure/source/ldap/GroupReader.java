package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads all groups. Active Directory gives the members of a large group in ranges
/// (`member;range=0-1499`, [MS-ADTS] 3.1.1.3.1.3.3): the rest is fetched.
final class GroupReader {
  private static final int RANGES_MAX = 10_000;
  private final LDAPConnection connection;
  private final LdapConfig.Groups groups;

  GroupReader(LDAPConnection connection, LdapConfig.Groups groups) {
    this.connection = connection;
    this.groups = groups;
  }

  void into(GroupTree tree, int pageSize) throws LDAPException {
    var cut = new ArrayList<SearchResultEntry>();
    new LdapPages(connection, pageSize)
        .each(
            groups.search(),
            List.of(groups.name(), groups.member()),
            entry -> {
              if (range(entry).isPresent()) cut.add(entry);
              else tree.add(entry.getDN(), name(entry), values(entry));
            });
    for (var entry : cut) tree.add(entry.getDN(), name(entry), ranged(entry));
  }

  private String name(Entry entry) {
    var name = entry.getAttributeValue(groups.name());
    return name == null ? entry.getDN() : name;
  }

  private List<String> values(Entry entry) {
    var values = entry.getAttributeValues(groups.member());
    return values == null ? List.of() : Arrays.asList(values);
  }

  private List<String> ranged(Entry first) throws LDAPException {
    var members = new ArrayList<String>();
    var part = range(first);
    for (int i = 0; i < RANGES_MAX && part.isPresent(); i++) {
      members.addAll(Arrays.asList(part.get().getValues()));
      if (part.get().getName().endsWith("-*")) return members;
      var next = groups.member() + ";range=" + members.size() + "-*";
      var entry = connection.getEntry(first.getDN(), next);
      part = entry == null ? Optional.empty() : range(entry);
    }
    throw new LDAPException(
        ResultCode.LOCAL_ERROR, "the members of " + first.getDN() + " were not given to their end");
  }

  private Optional<Attribute> range(Entry entry) {
    var start = (groups.member() + ";range=").toLowerCase(Locale.ROOT);
    return entry.getAttributes().stream()
        .filter(a -> a.getName().toLowerCase(Locale.ROOT).startsWith(start))
        .findFirst();
  }
}
