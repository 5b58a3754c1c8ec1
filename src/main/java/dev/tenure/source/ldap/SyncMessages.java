package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.IntermediateResponse;
import com.unboundid.ldap.sdk.IntermediateResponseListener;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoType;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Takes the messages of a refresh (RFC 4533 §3.3). A failure among them is kept: the SDK expects
/// none to be thrown.
@SuppressWarnings("serial") // is never serialized, though the SDK's listeners could be
final class SyncMessages implements SearchResultListener, IntermediateResponseListener {
  final Map<UUID, SearchResultEntry> changed = new LinkedHashMap<>();
  final Set<UUID> deleted = new HashSet<>();
  final Set<UUID> present = new HashSet<>();
  final List<LDAPException> failures = new ArrayList<>();
  boolean presentPhase;

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
