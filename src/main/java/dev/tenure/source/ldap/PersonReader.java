package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.id.PersonKey;
import dev.tenure.source.Person;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes people of entries.
final class PersonReader {
  private final LdapSchema schema;
  private final Disablement disablement;
  private final LdapTerms terms;

  PersonReader(LdapSchema schema, Disablement disablement, LdapTerms terms) {
    this.schema = schema;
    this.disablement = disablement;
    this.terms = terms;
  }

  /// The attributes that an entry must be read with.
  Collection<String> asked() {
    var asked = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    asked.addAll(schema.names().values());
    asked.add(terms.key());
    asked.addAll(disablement.attributes(terms.activeDirectory()));
    if (terms.activeDirectory()) {
      asked.addAll(List.of(LdapTerms.GUID, "objectSid", "primaryGroupID"));
    } else {
      asked.add(LdapTerms.UUID);
    }
    terms.groups().flatMap(LdapTerms.Groups::memberOf).ifPresent(asked::add);
    return asked;
  }

  Optional<PersonKey> key(Entry entry) {
    return LdapKey.of(entry, terms.key());
  }

  Person person(PersonKey key, Entry entry, GroupTree groups) throws LDAPException {
    return new Person(
        key, attributes(entry), groups.of(entry), disablement.of(entry, terms.activeDirectory()));
  }

  private SortedMap<String, List<String>> attributes(Entry entry) {
    var attributes = new TreeMap<String, List<String>>();
    schema
        .names()
        .forEach((name, original) -> {
          var values = values(entry, original);
          if (!values.isEmpty()) attributes.put(name, values);
        });
    return attributes;
  }

  private static List<String> values(Entry entry, String name) {
    var values = entry.getAttributeValues(name);
    if (values == null || values.length == 0) return List.of();
    var lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith("guid") && !lower.equals("objectsid")) return Arrays.asList(values);
    var bytes = entry.getAttributeValueBytes(name);
    if (bytes == null) return List.of();
    if (lower.equals("objectsid")) return List.of(LdapKey.sid(bytes));
    return LdapKey.isGuid(name, bytes) ? List.of(LdapKey.guid(bytes)) : Arrays.asList(values);
  }
}
