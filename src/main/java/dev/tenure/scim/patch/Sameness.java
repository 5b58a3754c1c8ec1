package dev.tenure.scim.patch;

import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.Timestamps;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Whether an immutable attribute still has the value that it was given (RFC 7643 §2.2). Letter
/// case counts as the schema has it, dates count by the moment, the order of a list not at all. Of
/// what is concealed it is not known what it was: a new value is always another one.
final class Sameness {
  private Sameness() {}

  /// Throws 400 `mutability` that names the first attribute which has a value and changes.
  static void requireKept(JsonNode before, JsonNode after, ResourceType type) {
    type.immutable().forEach(ref -> requireKept(ref, before, after));
  }

  static void requireKept(AttributeRef ref, JsonNode before, JsonNode after) {
    var value = ref.single(before);
    if (value.isMissingNode() || isSame(ref.leaf(), value, ref.single(after))) return;
    throw ScimException.bad(ScimType.mutability, "'" + ref + "' is immutable and has a value");
  }

  static boolean isSame(Attribute attribute, JsonNode before, JsonNode after) {
    if (before.equals(after)) return true;
    if (!before.isArray() || !after.isArray()) {
      return key(attribute, before).equals(key(attribute, after));
    }
    return before.size() == after.size() && keys(attribute, before).equals(keys(attribute, after));
  }

  private static Set<Object> keys(Attribute attribute, JsonNode values) {
    return values
        .valueStream()
        .map(v -> key(attribute, v))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Object key(Attribute attribute, JsonNode value) {
    if (attribute.type() != Attribute.Type.DATE_TIME || !value.isString()) {
      return value.isObject() ? value : ValueKey.of(attribute, value);
    }
    return Timestamps.instant(value.stringValue()).<Object>map(at -> at).orElse(value);
  }
}
