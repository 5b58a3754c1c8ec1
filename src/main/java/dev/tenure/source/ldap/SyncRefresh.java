package dev.tenure.source.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncDoneControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Reads what changed in the content of a search since a cookie (RFC 4533 §3.3, refreshOnly).
final class SyncRefresh {
  /// What the server told; of more than [LdapFeed#CHANGES_MAX] changes not all are kept. `present`
  /// is there where it told who is left (a present phase): together with the changed these are all,
  /// and whoever is missing has gone. Otherwise it told who has.
  record Content(
      Map<UUID, SearchResultEntry> changed,
      Set<UUID> deleted,
      Optional<Set<UUID>> present,
      ASN1OctetString cookie) {}

  private final LDAPConnection connection;

  SyncRefresh(LDAPConnection connection) {
    this.connection = connection;
  }

  /// Throws what the server refuses, `E_SYNC_REFRESH_REQUIRED` among it, and where the answer ends
  /// early: then nothing of it counts.
  Content since(LdapConfig.Search search, Collection<String> attributes, ASN1OctetString cookie)
      throws LDAPException {
    var messages = new SyncMessages();
    var request =
        new SearchRequest(
            messages,
            search.base(),
            SearchScope.SUB,
            search.filter(),
            attributes.toArray(String[]::new));
    request.setIntermediateResponseListener(messages);
    request.addControl(
        new ContentSyncRequestControl(
            ContentSyncRequestMode.REFRESH_ONLY,
            cookie.getValueLength() == 0 ? null : cookie,
            false)); // rather 4096 than everything anew
    var done = ContentSyncDoneControl.get(connection.search(request));
    if (!messages.failures.isEmpty()) throw messages.failures.getFirst();
    if (done == null)
      throw new LDAPException(ResultCode.CONTROL_NOT_FOUND, "no end of the refresh");
    boolean leftAreTold = messages.presentPhase || !done.refreshDeletes();
    return new Content(
        messages.changed,
        messages.deleted,
        leftAreTold ? Optional.of(messages.present) : Optional.empty(),
        done.getCookie() == null ? cookie : done.getCookie());
  }
}
