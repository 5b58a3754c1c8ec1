package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a server says of itself (RFC 4512 §5.1). `usn` and `service` are Active Directory's
/// `highestCommittedUSN` and `dsServiceName`.
record RootDse(
    boolean activeDirectory,
    Set<String> controls,
    List<String> contexts,
    long usn,
    Optional<String> service) {
  static final String DIRSYNC = "1.2.840.113556.1.4.841";
  static final String SHOW_DELETED = "1.2.840.113556.1.4.417";
  static final String NOTIFICATION = "1.2.840.113556.1.4.528";
  static final String SYNC = "1.3.6.1.4.1.4203.1.9.1.1";
  private static final String ACTIVE_DIRECTORY = "1.2.840.113556.1.4.800";
  private static final String ACTIVE_DIRECTORY_LDS = "1.2.840.113556.1.4.1851";

  static RootDse read(LDAPConnection connection) throws LDAPException {
    var result =
        connection.search(
            "",
            SearchScope.BASE,
            "(objectClass=*)",
            "supportedControl",
            "supportedCapabilities",
            "namingContexts",
            "highestCommittedUSN",
            "dsServiceName");
    var entry = Answers.entries(result).stream().findFirst();
    if (entry.isEmpty()) return new RootDse(false, Set.of(), List.of(), 0, Optional.empty());
    var capabilities = values(entry.get().getAttributeValues("supportedCapabilities"));
    var usn = entry.get().getAttributeValueAsLong("highestCommittedUSN");
    return new RootDse(
        capabilities.contains(ACTIVE_DIRECTORY) || capabilities.contains(ACTIVE_DIRECTORY_LDS),
        new HashSet<>(values(entry.get().getAttributeValues("supportedControl"))),
        values(entry.get().getAttributeValues("namingContexts")),
        usn == null ? 0 : usn,
        Optional.ofNullable(entry.get().getAttributeValue("dsServiceName")));
  }

  private static List<String> values(String @Nullable [] values) {
    return values == null ? List.of() : Arrays.asList(values);
  }

  /// The innermost naming context that holds this DN; the DN itself where none is named.
  String contextOf(String dn) {
    return contexts.stream()
        .filter(c -> holds(c, dn))
        .max(Comparator.comparingInt(String::length))
        .orElse(dn);
  }

  static boolean holds(String base, String dn) {
    try {
      return DN.isDescendantOf(dn, base, true);
    } catch (LDAPException e) {
      return false;
    }
  }
}
