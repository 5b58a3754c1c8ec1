package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Evaluates a filter on an entry here, so that a read needs no second search. Knows the bit rules
/// of Active Directory, which the SDK does not.
final class LdapFilter {
  private static final String BITS_ALL = "1.2.840.113556.1.4.803";
  private static final String BITS_ANY = "1.2.840.113556.1.4.804";

  private final Filter filter;

  /// Throws [IllegalArgumentException] where the text is no filter (the configuration was checked).
  LdapFilter(String text) {
    try {
      this.filter = Filter.create(text);
    } catch (LDAPException e) {
      throw new IllegalArgumentException("not an LDAP filter: " + text, e);
    }
  }

  /// The attributes that an entry must have been read with.
  Set<String> attributes() {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    gather(filter, names);
    return names;
  }

  /// The attributes of the filter that this text is.
  static Set<String> attributesOf(String text) {
    return new LdapFilter(text).attributes();
  }

  private static void gather(Filter filter, Set<String> names) {
    if (filter.getAttributeName() != null) names.add(filter.getAttributeName());
    if (filter.getNOTComponent() != null) gather(filter.getNOTComponent(), names);
    for (var part : filter.getComponents()) gather(part, names);
  }

  /// False where the filter asks what cannot be decided here.
  boolean matches(Entry entry) {
    try {
      return matches(filter, entry);
    } catch (LDAPException e) {
      return false;
    }
  }

  private static boolean matches(Filter filter, Entry entry) throws LDAPException {
    return switch (filter.getFilterType()) {
      case Filter.FILTER_TYPE_AND -> {
        for (var part : filter.getComponents()) if (!matches(part, entry)) yield false;
        yield true;
      }
      case Filter.FILTER_TYPE_OR -> {
        for (var part : filter.getComponents()) if (matches(part, entry)) yield true;
        yield false;
      }
      case Filter.FILTER_TYPE_NOT ->
          !matches(Objects.requireNonNull(filter.getNOTComponent()), entry);
      case Filter.FILTER_TYPE_EXTENSIBLE_MATCH -> extensible(filter, entry);
      default -> filter.matchesEntry(entry);
    };
  }

  private static boolean extensible(Filter filter, Entry entry) throws LDAPException {
    var rule = filter.getMatchingRuleID();
    boolean all = BITS_ALL.equals(rule);
    if (!all && !BITS_ANY.equals(rule)) return filter.matchesEntry(entry);
    var name = filter.getAttributeName();
    var value = name == null ? null : entry.getAttributeValueAsLong(name);
    var asserted = filter.getAssertionValue();
    if (value == null || asserted == null) return false;
    try {
      long mask = Long.parseLong(asserted.strip());
      return all ? (value & mask) == mask : (value & mask) != 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
