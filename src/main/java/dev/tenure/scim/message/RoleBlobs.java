package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Attribute;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Roles as Entra ID sends them: the value is itself JSON, `{"id":…,"value":…,"displayName":…}`,
/// and `display` may be called `displayName`.
final class RoleBlobs {
  private static final Set<String> ATTRIBUTES = Set.of("roles", "entitlements");

  private RoleBlobs() {}

  /// The value opened up; the same object where there is nothing to open.
  static ObjectNode opened(Attribute attribute, ObjectNode value, Reading reading) {
    if (!reading.isTolerant() || !ATTRIBUTES.contains(attribute.name())) return value;
    var opened = value.deepCopy();
    if (inner(value.path("value")) instanceof ObjectNode blob) {
      opened.remove("value");
      take(blob, "value", opened, "value");
      take(blob, "displayName", opened, "display");
      take(blob, "display", opened, "display");
    }
    take(opened, "displayName", opened, "display");
    opened.remove("displayName");
    return opened;
  }

  private static void take(ObjectNode from, String name, ObjectNode to, String newName) {
    if (from.hasNonNull(name) && !to.hasNonNull(newName)) to.set(newName, from.get(name));
  }

  private static JsonNode inner(JsonNode text) {
    if (!text.isString() || !text.stringValue().strip().startsWith("{")) return text;
    try {
      return ScimJson.read(text.stringValue());
    } catch (ScimException e) {
      return text; // not JSON after all: a role may be named anything
    }
  }
}
