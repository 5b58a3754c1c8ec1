package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.tenure.id.PersonKey;
import dev.tenure.source.Person;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes people of entries.
final class PersonReader {
  private final LdapSchema schema;
  private final Disablement disablement;
  private final LdapTerms terms;

  /// What is wanted of an attribute, by its name as the directory writes it: an entry has few of
  /// all that are asked for.
  private final Map<String, Optional<Wanted>> told = new HashMap<>();

  /// The name in expressions, and the one in the directory in lower case.
  private record Wanted(String name, String original) {
    boolean isBinary() {
      return original.endsWith("guid") || original.equals("objectsid");
    }
  }

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
    for (var attribute : entry.getAttributes()) {
      var wanted = told.computeIfAbsent(attribute.getName(), this::wanted);
      if (wanted.isEmpty()) continue;
      var values = values(attribute, wanted.get());
      if (!values.isEmpty()) attributes.put(wanted.get().name(), values);
    }
    return attributes;
  }

  private Optional<Wanted> wanted(String told) {
    return schema.names().entrySet().stream()
        .filter(named -> named.getValue().equalsIgnoreCase(told))
        .findFirst()
        .map(named -> new Wanted(named.getKey(), named.getValue().toLowerCase(Locale.ROOT)));
  }

  private static List<String> values(Attribute attribute, Wanted wanted) {
    if (!wanted.isBinary()) return Arrays.asList(attribute.getValues());
    var bytes = attribute.getValueByteArray();
    if (bytes == null) return List.of();
    if (wanted.original().equals("objectsid")) return List.of(LdapKey.sid(bytes));
    return LdapKey.isGuid(wanted.original(), bytes)
        ? List.of(LdapKey.guid(bytes))
        : Arrays.asList(attribute.getValues());
  }
}
