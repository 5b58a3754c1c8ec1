package dev.tenure.source.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Searches page by page (RFC 2696), so that no server's size limit for a single answer is met.
/// Each entry is given while the server looks for the next ones. References to other servers are
/// left alone.
final class LdapPages {
  private final LDAPConnection connection;
  private final int pageSize;
  private final List<Control> controls;

  /// Takes what is found, with all values of its attributes. The connection is busy meanwhile.
  interface Taker {
    void take(Entry entry) throws LDAPException;
  }

  LdapPages(LDAPConnection connection, int pageSize, Control... controls) {
    this.connection = connection;
    this.pageSize = pageSize;
    this.controls = List.of(controls);
  }

  /// Gives every entry. What came before a failure has been given when it is thrown.
  void each(LdapConfig.Search search, Collection<String> attributes, Taker taker)
      throws LDAPException {
    var found = new Found(taker);
    var asked = attributes.toArray(String[]::new);
    var request = new SearchRequest(found, search.base(), SearchScope.SUB, search.filter(), asked);
    @Nullable ASN1OctetString cookie = null;
    do {
      var all = new ArrayList<Control>(controls);
      // Not critical: a server without paging gives everything at once, or says that it cannot.
      all.add(new SimplePagedResultsControl(pageSize, cookie, false));
      request.setControls(all);
      cookie = page(request, found);
    } while (cookie != null);
  }

  private @Nullable ASN1OctetString page(SearchRequest request, Found found) throws LDAPException {
    try {
      var result = connection.search(request);
      found.end();
      var control = SimplePagedResultsControl.get(result);
      return control != null && control.moreResultsToReturn() ? control.getCookie() : null;
    } catch (LDAPSearchException e) {
      found.end();
      throw e;
    }
  }

  /// Gives entries on as they come. What a taker throws is thrown at the end of the page: the
  /// connection has to be read to there.
  private final class Found implements SearchResultListener {
    private static final long serialVersionUID = 1L;
    private final transient Taker taker;

    /// Those whose other values are still to be asked for.
    private final transient List<SearchResultEntry> cut = new ArrayList<>();

    private transient @Nullable LDAPException broken;
    private transient @Nullable RuntimeException failed;

    Found(Taker taker) {
      this.taker = taker;
    }

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      if (broken != null || failed != null) return;
      if (Ranges.isCut(entry)) {
        cut.add(entry);
        return;
      }
      try {
        taker.take(entry);
      } catch (LDAPException e) {
        broken = e;
      } catch (RuntimeException e) {
        failed = e;
      }
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {
      // other servers are left alone
    }

    /// The page came to its end.
    private void end() throws LDAPException {
      if (failed != null) throw failed;
      if (broken != null) throw broken;
      for (var entry : cut) taker.take(new Ranges(connection).whole(entry));
      cut.clear();
    }
  }
}
