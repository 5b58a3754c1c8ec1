package dev.tenure.source.ldap;

import dev.tenure.source.ldap.LdapConfig.Search;
import java.util.List;
import java.util.Optional;

/// What the configuration means at the directory that answers: what it leaves open is filled in by
/// whether that is an Active Directory.
record LdapTerms(boolean activeDirectory, Search people, Optional<Groups> groups, String key) {
  static final String GUID = "objectGUID";
  static final String UUID = "entryUUID";
  static final String MEMBER_UID = "memberUid";

  /// Computers are of the class `user` too, and contacts of `person` ([MS-ADSC] 2.268).
  private static final String AD_PEOPLE = "(&(objectCategory=person)(objectClass=user))";

  private static final String PEOPLE = "(objectClass=person)";
  private static final String AD_GROUPS = "(objectClass=group)";
  private static final String GROUPS =
      "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup)"
          + "(objectClass=group))";

  /// `members` are the attributes with a group's members: DNs, in `memberUid` the `uid`.
  record Groups(Search search, String name, List<String> members, Optional<String> memberOf) {
    boolean byUid() {
      return members.stream().anyMatch(MEMBER_UID::equalsIgnoreCase);
    }
  }

  static LdapTerms of(LdapConfig config, RootDse root) {
    boolean ad = root.activeDirectory();
    return new LdapTerms(
        ad,
        search(config.people(), ad ? AD_PEOPLE : PEOPLE),
        config.groups().map(g -> groups(g, ad)),
        config.key().orElse(ad ? GUID : UUID));
  }

  private static Groups groups(LdapConfig.Groups groups, boolean ad) {
    var usual = ad ? List.of("member") : List.of("member", "uniqueMember", MEMBER_UID);
    return new Groups(
        search(groups.place(), ad ? AD_GROUPS : GROUPS),
        groups.name(),
        groups.member().map(List::of).orElse(usual),
        groups.memberOf());
  }

  private static Search search(LdapConfig.Place place, String usual) {
    return new Search(place.base(), place.filter().orElse(usual));
  }
}
