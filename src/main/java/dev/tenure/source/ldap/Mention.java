package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Locale;
import java.util.regex.Pattern;

/// How a group and those in it find each other.
sealed interface Mention {
  /// A DN of plain words, one value to each level, with nothing around them.
  Pattern PLAIN =
      Pattern.compile(
          "[a-zA-Z]++=[a-zA-Z0-9.@_-]++(?: [a-zA-Z0-9.@_-]++)*+"
              + "(?:,[a-zA-Z]++=[a-zA-Z0-9.@_-]++(?: [a-zA-Z0-9.@_-]++)*+)*+");

  /// The group lists this DN, in normalised form.
  record Listed(String dn) implements Mention {}

  /// The group lists this `uid` (RFC 2307).
  record Uid(String uid) implements Mention {}

  /// The group has this SID, and is somebody's primary group.
  record Primary(String sid) implements Mention {}

  /// The group has this DN, in normalised form, and is named by who is in it.
  record Named(String dn) implements Mention {}

  static Mention listed(String attribute, String value) {
    return attribute.equalsIgnoreCase(LdapTerms.MEMBER_UID)
        ? new Uid(value)
        : new Listed(normalised(value));
  }

  /// DNs are compared without regard to letter case and spacing; what is no DN is nobody.
  static String normalised(String dn) {
    // most are, but for letter case, and taking one to pieces costs as much as reading an entry
    if (PLAIN.matcher(dn).matches()) return dn.toLowerCase(Locale.ROOT);
    try {
      return DN.normalize(dn);
    } catch (LDAPException e) {
      return dn;
    }
  }
}
