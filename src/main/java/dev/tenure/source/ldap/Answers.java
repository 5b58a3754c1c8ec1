package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.List;

/// What searches find.
final class Answers {
  private Answers() {}

  /// A search.
  interface Search {
    SearchResult run() throws LDAPException;
  }

  static List<SearchResultEntry> entries(SearchResult result) {
    var entries = result.getSearchEntries();
    return entries == null ? List.of() : entries; // null where a listener took them
  }

  /// What is found; nothing where the base does not exist.
  static List<SearchResultEntry> orNone(Search search) throws LDAPException {
    try {
      return entries(search.run());
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) return List.of();
      throw e;
    }
  }
}
