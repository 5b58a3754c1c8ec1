package dev.tenure.source.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.IntermediateResponse;
import com.unboundid.ldap.sdk.IntermediateResponseListener;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncDoneControl;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoType;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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

  /// Takes the messages. A failure among them is kept: the SDK expects none to be thrown.
  @SuppressWarnings("serial") // is never serialized, though the SDK's listeners could be
  private static final class Messages
      implements SearchResultListener, IntermediateResponseListener {
    private final Map<UUID, SearchResultEntry> changed = new LinkedHashMap<>();
    private final Set<UUID> deleted = new HashSet<>();
    private final Set<UUID> present = new HashSet<>();
    private final List<LDAPException> failures = new ArrayList<>();
    private boolean presentPhase;

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      try {
        var state = ContentSyncStateControl.get(entry);
        if (state == null) throw new LDAPException(ResultCode.CONTROL_NOT_FOUND, "no sync state");
        switch (state.getState()) {
          case ADD, MODIFY -> change(state.getEntryUUID(), entry);
          case PRESENT -> present.add(state.getEntryUUID());
          case DELETE -> delete(state.getEntryUUID());
        }
      } catch (LDAPException e) {
        failures.add(e);
      }
    }

    private void change(UUID id, SearchResultEntry entry) {
      deleted.remove(id);
      if (changed.size() <= LdapFeed.CHANGES_MAX) changed.put(id, entry);
    }

    private void delete(UUID id) {
      changed.remove(id);
      deleted.add(id);
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {
      // what is on other servers is left alone, as everywhere
    }

    @Override
    public void intermediateResponseReturned(IntermediateResponse response) {
      if (!ContentSyncInfoIntermediateResponse.SYNC_INFO_OID.equals(response.getOID())) return;
      try {
        var info = ContentSyncInfoIntermediateResponse.decode(response);
        if (info.getType() == ContentSyncInfoType.REFRESH_PRESENT) presentPhase = true;
        if (info.getType() != ContentSyncInfoType.SYNC_ID_SET) return;
        var ids = Optional.ofNullable(info.getEntryUUIDs()).orElse(List.of());
        if (info.refreshDeletes()) ids.forEach(this::delete);
        else present.addAll(ids);
      } catch (LDAPException e) {
        failures.add(e);
      }
    }
  }

  private final LDAPConnection connection;

  SyncRefresh(LDAPConnection connection) {
    this.connection = connection;
  }

  /// Throws what the server refuses, `E_SYNC_REFRESH_REQUIRED` among it, and where the answer ends
  /// early: then nothing of it counts.
  Content since(LdapConfig.Search search, Collection<String> attributes, ASN1OctetString cookie)
      throws LDAPException {
    var messages = new Messages();
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
