package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import dev.tenure.source.ldap.LdapConfig.Search;
import dev.tenure.source.ldap.Touched.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what changed since an update sequence number ([MS-ADTS] 3.1.1.1.9). The number counts in
/// one copy of the database only; its `invocationId` names that copy.
final class UsnChanges {
  private static final String ANYTHING =
      "(objectClass=person)(objectClass=group)(objectClass=organizationalUnit)"
          + "(objectClass=container)";

  private final LdapSession session;

  UsnChanges(LdapSession session) {
    this.session = session;
  }

  /// Empty where this login may not read it.
  Optional<String> invocation() throws LDAPException {
    if (session.root().service().isEmpty()) return Optional.empty();
    var dn = session.root().service().get();
    var found =
        Answers.orNone(() ->
            session.connection().search(dn, SearchScope.BASE, "(objectClass=*)", "invocationId"));
    return found.stream()
        .findFirst()
        .flatMap(e -> Optional.ofNullable(e.getAttributeValueBytes("invocationId")))
        .map(LdapKey::guid);
  }

  /// All objects with a number above `usn`, tombstones and those outside of the base included.
  List<Touched> since(long usn) throws LDAPException {
    var touched = new ArrayList<Touched>();
    var filter =
        "(&(uSNChanged>=%d)(|%s%s%s))"
            .formatted(
                usn + 1,
                ANYTHING,
                session.terms().people().filter(),
                session.terms().groups().map(g -> g.search().filter()).orElse(""));
    new LdapPages(session.connection(), session.pageSize(), new Control(RootDse.SHOW_DELETED, true))
        .each(
            new Search(session.context(), filter),
            List.of(LdapTerms.GUID),
            entry -> {
              var guid = entry.getAttributeValueBytes(LdapTerms.GUID);
              if (guid != null)
                touched.add(new Touched(LdapKey.guid(guid), What.UNKNOWN, List.of()));
            });
    return touched;
  }
}
