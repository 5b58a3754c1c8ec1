package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Active Directory gives the values of a large attribute in ranges (`member;range=0-1499`,
/// [MS-ADTS] 3.1.1.3.1.3.3): the rest is fetched.
final class Ranges {
  private static final String OPTION = ";range=";
  private static final int RANGES_MAX = 10_000;
  private final LDAPConnection connection;

  Ranges(LDAPConnection connection) {
    this.connection = connection;
  }

  /// Whether there are more values of some attribute. Asked of every entry.
  static boolean isCut(Entry entry) {
    for (var attribute : entry.getAttributes()) if (isCut(attribute)) return true;
    return false;
  }

  private static boolean isCut(Attribute attribute) {
    var name = attribute.getName();
    return name.indexOf(';') >= 0 && name.toLowerCase(Locale.ROOT).contains(OPTION);
  }

  /// The entry with all values of its attributes.
  Entry whole(Entry cut) throws LDAPException {
    if (!isCut(cut)) return cut;
    var whole = new Entry(cut.getDN());
    for (var attribute : cut.getAttributes()) {
      if (!isCut(attribute)) whole.addAttribute(attribute);
    }
    for (var attribute : cut.getAttributes()) {
      if (isCut(attribute)) whole.addAttribute(attribute.getBaseName(), values(cut, attribute));
    }
    return whole;
  }

  private List<String> values(Entry entry, Attribute first) throws LDAPException {
    var values = new ArrayList<String>();
    var part = Optional.of(first);
    for (int i = 0; i < RANGES_MAX && part.isPresent(); i++) {
      values.addAll(Arrays.asList(part.get().getValues()));
      if (part.get().getName().endsWith("-*")) return values;
      var next =
          connection.getEntry(entry.getDN(), first.getBaseName() + OPTION + values.size() + "-*");
      part =
          next == null
              ? Optional.empty()
              : next.getAttributes().stream().filter(Ranges::isCut).findFirst();
    }
    throw new LDAPException(
        ResultCode.LOCAL_ERROR,
        first.getBaseName() + " of " + entry.getDN() + " was not given to its end");
  }
}
