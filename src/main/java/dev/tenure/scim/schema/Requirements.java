package dev.tenure.scim.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a resource must have (RFC 7643 §2.2 `required`, §6 `schemaExtensions.required`). An
/// attribute of an extension is required where the extension is there, a sub-attribute in each
/// value of its attribute.
public final class Requirements {
  private Requirements() {}

  /// The paths of what is missing, in the order of the schemas; spelled as in the schemas.
  public static List<String> missing(JsonNode resource, ResourceType type) {
    var missing = new ArrayList<String>();
    type.required().stream()
        .filter(ref -> isMissing(ref, resource))
        .forEach(ref -> missing.add(ref.toString()));
    type.extensions().stream()
        .filter(e -> type.demands(e) && resource.path(e.id()).isEmpty())
        .forEach(e -> missing.add(e.id()));
    return missing;
  }

  private static boolean isMissing(AttributeRef ref, JsonNode resource) {
    if (ref.extension() && resource.path(ref.attribute().schema()).isEmpty()) return false;
    var value = ref.in(resource);
    return ref.sub().map(s -> isMissingIn(value, s.name())).orElseGet(() -> isEmpty(value));
  }

  /// What is no object is a value that is kept secret: nothing is known of its parts.
  private static boolean isMissingIn(JsonNode value, String sub) {
    if (value.isArray()) return value.valueStream().anyMatch(v -> isMissingIn(v, sub));
    return value.isObject() && isEmpty(value.path(sub));
  }

  private static boolean isEmpty(JsonNode value) {
    if (value.isString()) return value.stringValue().isBlank();
    return value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty());
  }
}
