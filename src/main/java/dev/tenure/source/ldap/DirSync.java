package dev.tenure.source.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.experimental.ActiveDirectoryDirSyncControl;
import dev.tenure.source.ldap.Touched.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Reads what changed since a cookie by the DirSync control ([MS-ADTS] 3.1.1.3.4.1.3), over the
/// whole naming context: only so are deletions and moves told.
final class DirSync {
  /// Whether attributes with many values are told as what came and went, and whether only what the
  /// login may see is told, which needs no right of replication.
  private static final int CHANGED_VALUES = ActiveDirectoryDirSyncControl.FLAG_INCREMENTAL_VALUES;

  private static final int WHAT_IS_SEEN = ActiveDirectoryDirSyncControl.FLAG_OBJECT_SECURITY;
  private static final ASN1OctetString NOWHERE = new ASN1OctetString();
  private static final String NOTHING = "(!(objectClass=*))";
  private static final String EVERYTHING = "(objectClass=*)";

  /// Come with every object, changed or not.
  private static final Set<String> ALWAYS =
      Set.of("objectguid", "instancetype", "parentguid", "whenchanged", "distinguishedname");

  private static final Set<String> NAMES = Set.of("name", "cn", "ou");
  private final LdapSession session;

  /// What was told, and the place behind it.
  record Round(List<Touched> touched, ASN1OctetString cookie) {}

  DirSync(LdapSession session) {
    this.session = session;
  }

  /// The place now. With a filter that nothing matches, a cookie costs no objects.
  ASN1OctetString now(boolean all) throws LDAPException {
    return round(new ArrayList<>(), NOTHING, all, NOWHERE).cookie();
  }

  /// At most a little more than `most` objects; whoever gets more knows that there are too many.
  Round since(ASN1OctetString cookie, boolean all, int most) throws LDAPException {
    var touched = new ArrayList<Touched>();
    var round = round(touched, EVERYTHING, all, cookie);
    while (round.more() && touched.size() <= most) {
      round = round(touched, EVERYTHING, all, round.cookie());
    }
    return new Round(touched, round.cookie());
  }

  private record Answer(ASN1OctetString cookie, boolean more) {}

  private Answer round(List<Touched> touched, String filter, boolean all, ASN1OctetString cookie)
      throws LDAPException {
    int flags = all ? CHANGED_VALUES : CHANGED_VALUES | WHAT_IS_SEEN;
    var request = new SearchRequest(session.context(), SearchScope.SUB, filter, asked());
    request.addControl(new ActiveDirectoryDirSyncControl(true, flags, Integer.MAX_VALUE, cookie));
    var result = session.connection().search(request);
    for (var entry : Answers.entries(result)) {
      var guid = entry.getAttributeValueBytes(LdapTerms.GUID);
      if (guid != null) touched.add(touched(LdapKey.guid(guid), entry));
    }
    var answer = ActiveDirectoryDirSyncControl.get(result);
    if (answer == null || answer.getCookie() == null) {
      throw new LDAPException(ResultCode.CONTROL_NOT_FOUND, "no DirSync cookie was answered");
    }
    return new Answer(answer.getCookie(), answer.getFlags() != 0);
  }

  /// Everything that makes a person or a group, and where they are: what is not asked for is not
  /// told. Back links are never told.
  private String[] asked() {
    var asked = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    asked.addAll(session.reader().asked());
    var terms = session.terms();
    asked.addAll(LdapFilter.attributesOf(terms.people().filter()));
    terms
        .groups()
        .ifPresent(groups -> {
          asked.add(groups.name());
          asked.addAll(LdapFilter.attributesOf(groups.search().filter()));
        });
    asked.addAll(List.of(LdapTerms.GUID, "name", "isDeleted", "member"));
    asked.removeAll(List.of("memberOf", "distinguishedName"));
    return asked.toArray(String[]::new);
  }

  private static Touched touched(String guid, Entry entry) {
    var members = new ArrayList<String>();
    var what = What.MEMBERS;
    for (var attribute : entry.getAttributes()) {
      var name = attribute.getBaseName().toLowerCase(Locale.ROOT);
      if (ALWAYS.contains(name)) continue;
      boolean values =
          name.equals("member") && !attribute.getName().equals(attribute.getBaseName());
      if (values) members.addAll(List.of(attribute.getValues()));
      else if (NAMES.contains(name)) what = What.NAME;
      else if (what == What.MEMBERS) what = What.ATTRIBUTES;
    }
    return new Touched(guid, what, members);
  }
}
