package dev.tenure.source.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Searches page by page (RFC 2696), so that memory holds one page and no server's size limit for a
/// single answer is met. References to other servers are left alone.
final class LdapPages {
  private final LDAPConnection connection;
  private final int pageSize;
  private final List<Control> controls;

  /// Takes what is found; may ask the same connection for more.
  interface Taker {
    void take(SearchResultEntry entry) throws LDAPException;
  }

  LdapPages(LDAPConnection connection, int pageSize, Control... controls) {
    this.connection = connection;
    this.pageSize = pageSize;
    this.controls = List.of(controls);
  }

  /// Gives every entry. What came before a failure has been given when it is thrown.
  void each(LdapConfig.Search search, Collection<String> attributes, Taker taker)
      throws LDAPException {
    var request =
        new SearchRequest(
            search.base(), SearchScope.SUB, search.filter(), attributes.toArray(String[]::new));
    @Nullable ASN1OctetString cookie = null;
    do {
      var all = new ArrayList<Control>(controls);
      // Not critical: a server without paging gives everything at once, or says that it cannot.
      all.add(new SimplePagedResultsControl(pageSize, cookie, false));
      request.setControls(all);
      cookie = page(request, taker);
    } while (cookie != null);
  }

  private @Nullable ASN1OctetString page(SearchRequest request, Taker taker) throws LDAPException {
    try {
      var result = connection.search(request);
      each(result.getSearchEntries(), taker);
      var control = SimplePagedResultsControl.get(result);
      return control != null && control.moreResultsToReturn() ? control.getCookie() : null;
    } catch (LDAPSearchException e) {
      each(e.getSearchEntries(), taker);
      throw e;
    }
  }

  private static void each(@Nullable List<SearchResultEntry> page, Taker taker)
      throws LDAPException {
    if (page == null) return;
    for (var entry : page) taker.take(entry);
  }
}
