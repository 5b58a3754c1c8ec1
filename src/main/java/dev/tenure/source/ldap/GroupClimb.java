package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.tenure.source.ldap.Mention.Listed;
import dev.tenure.source.ldap.Mention.Named;
import dev.tenure.source.ldap.Mention.Primary;
import dev.tenure.source.ldap.Mention.Uid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks the directory for the groups above each one that is met, so that one person costs the same
/// in a directory of any size: one search for each group on the way up.
final class GroupClimb implements GroupTree.Above {
  private final LDAPConnection connection;
  private final LdapTerms.Groups groups;
  private final Filter isGroup;
  private final Map<Mention, List<Group>> known = new HashMap<>();

  GroupClimb(LDAPConnection connection, LdapTerms.Groups groups) throws LDAPException {
    this.connection = connection;
    this.groups = groups;
    this.isGroup = Filter.create(groups.search().filter());
  }

  static GroupTree tree(LDAPConnection connection, LdapTerms terms) throws LDAPException {
    if (terms.groups().isEmpty()) return new GroupTree(terms, _ -> List.of());
    return new GroupTree(terms, new GroupClimb(connection, terms.groups().get()));
  }

  @Override
  public List<Group> of(Mention mention) throws LDAPException {
    var found = known.get(mention);
    if (found != null) return found;
    var asked = ask(mention);
    known.put(mention, asked);
    return asked;
  }

  private List<Group> ask(Mention mention) throws LDAPException {
    return switch (mention) {
      case Listed(var dn) -> found(anyOf(false, dn));
      case Uid(var uid) -> found(anyOf(true, uid));
      case Primary(var sid) -> found(Filter.createEqualityFilter("objectSid", sid));
      case Named(var dn) -> named(dn);
    };
  }

  private Filter anyOf(boolean uid, String value) {
    var any = new ArrayList<Filter>();
    for (var attribute : groups.members()) {
      if (attribute.equalsIgnoreCase(LdapTerms.MEMBER_UID) == uid) {
        any.add(Filter.createEqualityFilter(attribute, value));
      }
    }
    return Filter.createORFilter(any);
  }

  private List<Group> found(Filter filter) throws LDAPException {
    return groups(Answers.entries(search(groups.search().base(), SearchScope.SUB, filter)));
  }

  private List<Group> named(String dn) throws LDAPException {
    if (!RootDse.holds(groups.search().base(), dn)) return List.of();
    return groups(Answers.orNone(() -> search(dn, SearchScope.BASE, Filter.createANDFilter())));
  }

  private SearchResult search(String base, SearchScope scope, Filter filter) throws LDAPException {
    var asked = groups.memberOf().map(m -> new String[] {groups.name(), m});
    return connection.search(
        base,
        scope,
        Filter.createANDFilter(isGroup, filter),
        asked.orElse(new String[] {groups.name()}));
  }

  private List<Group> groups(List<SearchResultEntry> entries) {
    return entries.stream().map(e -> GroupReader.group(e, groups)).toList();
  }
}
