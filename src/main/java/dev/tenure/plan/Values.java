package dev.tenure.plan;

import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Reads what a resource has at an attribute, without copying anything.
public final class Values {
  private Values() {}

  /// The member of this name, in any letter case (RFC 7643 §2.1: targets spell as they like); a
  /// missing node where there is none.
  public static JsonNode member(JsonNode object, String name) {
    var exact = object.get(name);
    if (exact != null) return exact;
    for (var entry : object.properties()) {
      if (entry.getKey().equalsIgnoreCase(name)) return entry.getValue();
    }
    return MissingNode.getInstance();
  }

  /// The whole attribute, its sub-attribute not looked at.
  static JsonNode whole(JsonNode resource, AttributeRef ref) {
    var holder = ref.extension() ? member(resource, ref.attribute().schema()) : resource;
    return member(holder, ref.attribute().name());
  }

  /// The attribute, or the sub-attribute that the reference names, of a single-valued attribute.
  static JsonNode single(JsonNode resource, AttributeRef ref) {
    var whole = whole(resource, ref);
    return ref.sub().map(s -> member(whole, s.name())).orElse(whole);
  }

  /// The values of an attribute: none, one, or those of a list.
  public static List<JsonNode> elements(JsonNode whole) {
    if (isNone(whole)) return List.of();
    return whole.isArray() ? List.copyOf(whole.values()) : List.of(whole);
  }

  /// The keys under which a match rule finds this resource; blank values are no key.
  static Stream<String> keys(JsonNode resource, AttributeRef on) {
    var leaf = keyLeaf(on);
    return elements(whole(resource, on)).stream()
        .map(e -> e.isObject() ? member(e, leaf.name()) : e)
        .filter(v -> !isNone(v))
        .map(v -> Likeness.key(leaf, v))
        .filter(k -> !k.isBlank());
  }

  /// A rule on a complex attribute as a whole means its `value` (RFC 7643 §2.4).
  private static Attribute keyLeaf(AttributeRef on) {
    return on.sub().or(() -> on.attribute().sub("value")).orElse(on.attribute());
  }

  /// SCIM knows no difference between missing, null and empty (RFC 7643 §2.5).
  public static boolean isNone(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isContainer() && value.isEmpty());
  }
}
