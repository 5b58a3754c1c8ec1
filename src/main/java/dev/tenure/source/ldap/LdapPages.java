package dev.tenure.source.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Searches page by page (RFC 2696), so that memory holds one page and no server's size limit for a
/// single answer is met. References to other servers are left alone.
final class LdapPages {
  private final LDAPConnection connection;
  private final int pageSize;

  LdapPages(LDAPConnection connection, int pageSize) {
    this.connection = connection;
    this.pageSize = pageSize;
  }

  /// Gives every entry. What came before a failure has been given when it is thrown.
  void each(
      LdapConfig.Search search, Collection<String> attributes, Consumer<SearchResultEntry> entries)
      throws LDAPException {
    var request =
        new SearchRequest(
            search.base(), SearchScope.SUB, search.filter(), attributes.toArray(String[]::new));
    @Nullable ASN1OctetString cookie = null;
    do {
      // Not critical: a server without paging gives everything at once, or says that it cannot.
      request.setControls(new SimplePagedResultsControl(pageSize, cookie, false));
      cookie = page(request, entries);
    } while (cookie != null);
  }

  private @Nullable ASN1OctetString page(SearchRequest request, Consumer<SearchResultEntry> entries)
      throws LDAPException {
    try {
      var result = connection.search(request);
      each(result.getSearchEntries(), entries);
      var control = SimplePagedResultsControl.get(result);
      return control != null && control.moreResultsToReturn() ? control.getCookie() : null;
    } catch (LDAPSearchException e) {
      each(e.getSearchEntries(), entries);
      throw e;
    }
  }

  private static void each(
      @Nullable List<SearchResultEntry> page, Consumer<SearchResultEntry> entries) {
    if (page != null) page.forEach(entries);
  }
}
