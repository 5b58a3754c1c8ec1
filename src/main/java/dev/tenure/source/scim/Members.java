package dev.tenure.source.scim;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Members of JSON objects, by names in any letter case (RFC 7643 §2.1).
final class Members {
  private Members() {}

  /// The member; a missing node where there is none.
  static JsonNode get(JsonNode object, String name) {
    var exact = object.get(name);
    if (exact != null) return exact;
    for (var property : object.properties()) {
      if (property.getKey().equalsIgnoreCase(name)) return property.getValue();
    }
    return MissingNode.getInstance();
  }

  /// The member as text, numbers and booleans too; empty where it is missing, null or an object.
  static String text(JsonNode object, String name) {
    return text(get(object, name));
  }

  static String text(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asString("").strip() : "";
  }

  /// The elements of an array; what is no array counts as one, nothing as none.
  static List<JsonNode> elements(JsonNode value) {
    if (value.isArray()) return value.valueStream().toList();
    return value.isMissingNode() || value.isNull() ? List.of() : List.of(value);
  }
}
