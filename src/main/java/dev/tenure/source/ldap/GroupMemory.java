package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The groups as they were last read, by `entryUUID`: of a group that is no more, or has another
/// name, RFC 4533 tells this id only.
final class GroupMemory {
  private final Map<String, Group> groups = new ConcurrentHashMap<>();
  private volatile boolean isFilled;

  void clear() {
    isFilled = false;
    groups.clear();
  }

  /// All groups are in it.
  void fill() {
    isFilled = true;
  }

  boolean isFilled() {
    return isFilled;
  }

  void keep(Entry entry, Group group) {
    var id = entry.getAttributeValue(LdapTerms.UUID);
    if (id != null) groups.put(id, group);
  }

  void forget(String id) {
    groups.remove(id);
  }

  Optional<Group> find(String id) {
    return Optional.ofNullable(groups.get(id));
  }

  Set<String> ids() {
    return Set.copyOf(groups.keySet());
  }
}
