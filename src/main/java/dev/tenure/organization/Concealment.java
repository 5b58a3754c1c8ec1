package dev.tenure.organization;

import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Values that no answer ever has (`returned` never, or writeOnly). What nobody can read is not
/// kept: in its place stands `true`, which tells that it was set.
final class Concealment {
  private Concealment() {}

  /// Takes the values out of a document that is about to be stored.
  static void apply(ObjectNode document, ResourceType type) {
    type.concealed().forEach(ref -> apply(ref, document));
  }

  private static void apply(AttributeRef ref, ObjectNode document) {
    var holder = ref.extension() ? document.path(ref.attribute().schema()) : document;
    if (ref.sub().isEmpty()) {
      conceal(holder, ref.attribute().name());
    } else {
      var name = ref.sub().orElseThrow().name();
      var value = holder.path(ref.attribute().name());
      if (value.isArray()) value.valueStream().forEach(v -> conceal(v, name));
      else conceal(value, name);
    }
  }

  private static void conceal(JsonNode holder, String name) {
    if (holder instanceof ObjectNode object && object.hasNonNull(name)) object.put(name, true);
  }
}
