package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.tenure.id.PersonKey;
import dev.tenure.source.ldap.LdapConfig.Search;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Finds entries by many values of one attribute, so many at a time that no server's limit is met.
final class Lookup {
  static final int AT_ONCE = 100;
  static final String ANYTHING = "(objectClass=*)";
  private final LDAPConnection connection;

  Lookup(LDAPConnection connection) {
    this.connection = connection;
  }

  /// The entries that the search has and one of the filters matches, in no order.
  List<SearchResultEntry> find(
      Search search, List<Filter> values, Collection<String> attributes, Control... controls)
      throws LDAPException {
    var found = new ArrayList<SearchResultEntry>();
    var within = Filter.create(search.filter());
    for (int i = 0; i < values.size(); i += AT_ONCE) {
      var some = values.subList(i, Math.min(values.size(), i + AT_ONCE));
      var filter = Filter.createANDFilter(within, Filter.createORFilter(some));
      var request =
          new SearchRequest(
              search.base(), SearchScope.SUB, filter, attributes.toArray(String[]::new));
      request.setControls(controls);
      found.addAll(Answers.entries(connection.search(request)));
    }
    return found;
  }

  static Filter guid(String guid) {
    return Filter.createEqualityFilter(LdapTerms.GUID, LdapKey.bytes(guid));
  }

  /// Matches who has this key.
  static Filter key(String attribute, PersonKey key) {
    if (attribute.equalsIgnoreCase(LdapTerms.GUID)) return guid(key.value());
    return Filter.createEqualityFilter(attribute, key.value());
  }
}
