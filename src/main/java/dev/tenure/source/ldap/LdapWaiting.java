package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.IntermediateResponse;
import com.unboundid.ldap.sdk.IntermediateResponseListener;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoType;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import dev.tenure.problem.Problem;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Waits for a change with a search that the server keeps open: refreshAndPersist (RFC 4533 §3.4),
/// or the change notification of Active Directory ([MS-ADTS] 3.1.1.3.4.1.9). Where that does not
/// work it waits a while, and the changes are simply asked for.
final class LdapWaiting {
  private static final Duration A_WHILE = Duration.ofSeconds(5);
  private final LdapConfig config;
  private final Supplier<LdapSession> sessions;

  LdapWaiting(LdapConfig config, Supplier<LdapSession> sessions) {
    this.config = config;
    this.sessions = sessions;
  }

  /// Opens at the first word of a change, and when the search ends.
  @SuppressWarnings("serial") // is never serialized, though the SDK's listeners could be
  private static final class Bell
      implements AsyncSearchResultListener, IntermediateResponseListener {
    private final CountDownLatch rung = new CountDownLatch(1);
    private volatile boolean isRefused;

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      rung.countDown();
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {
      // tells of another server
    }

    @Override
    public void searchResultReceived(AsyncRequestID id, SearchResult result) {
      isRefused = true;
      rung.countDown();
    }

    @Override
    public void intermediateResponseReturned(IntermediateResponse response) {
      try {
        var info = ContentSyncInfoIntermediateResponse.decode(response);
        if (info.getType() == ContentSyncInfoType.SYNC_ID_SET) rung.countDown();
      } catch (LDAPException e) {
        rung.countDown();
      }
    }

    boolean await(Duration longest) throws InterruptedException {
      return rung.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  void await(LdapCursor place, Duration longest) throws InterruptedException {
    var bell = new Bell();
    boolean isRefused = false;
    try (var session = sessions.get();
        var waiting = LdapConnector.forWaiting(config).connect()) {
      var search = open(waiting, session, place, bell);
      if (!isChanged(session, place)) bell.await(longest);
      isRefused = bell.isRefused; // before the end of the search counts as one
      waiting.abandon(search);
    } catch (Problem.Found | LDAPException e) {
      isRefused = true;
    }
    if (isRefused) new Bell().await(longest.compareTo(A_WHILE) < 0 ? longest : A_WHILE);
  }

  private static AsyncRequestID open(
      LDAPConnection connection, LdapSession session, LdapCursor place, Bell bell)
      throws LDAPException {
    var request =
        switch (place) {
          case LdapCursor.DirSync _, LdapCursor.Usn _ -> notification(session, bell);
          case LdapCursor.Sync sync -> persisting(session, sync, bell);
        };
    request.setIntermediateResponseListener(bell);
    request.setResponseTimeoutMillis(0); // without end: the waiting has one
    return connection.asyncSearch(request);
  }

  private static SearchRequest notification(LdapSession session, Bell bell) {
    var request =
        new SearchRequest(
            bell,
            session.context(),
            SearchScope.SUB,
            Filter.createPresenceFilter("objectClass"),
            "objectGUID");
    request.addControl(new Control(RootDse.NOTIFICATION, true));
    return request;
  }

  private static SearchRequest persisting(LdapSession session, LdapCursor.Sync sync, Bell bell)
      throws LDAPException {
    var groups = session.terms().groups().map(g -> g.search().filter()).orElse("");
    var filter = "(|" + session.terms().people().filter() + groups + ")";
    var request = new SearchRequest(bell, session.context(), SearchScope.SUB, filter, "1.1");
    request.addControl(
        new ContentSyncRequestControl(
            ContentSyncRequestMode.REFRESH_AND_PERSIST, sync.people(), false));
    return request;
  }

  /// Whether something changed before the waiting began: Active Directory tells only what comes
  /// after.
  private static boolean isChanged(LdapSession session, LdapCursor place) throws LDAPException {
    return switch (place) {
      case LdapCursor.DirSync d ->
          !new DirSync(session).since(d.cookie(), d.all(), 0).touched().isEmpty();
      case LdapCursor.Usn u -> RootDse.read(session.connection()).usn() > u.usn();
      case LdapCursor.Sync _ -> false;
    };
  }
}
