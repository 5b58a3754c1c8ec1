package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.patch.ValueKey;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Attribute.Mutability;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values that clients send, made canonical: members spelled as in the schema, nulls, empty lists
/// and what is readOnly dropped. What does not fit is 400 `invalidValue` that names the attribute.
///
/// `keepsReadOnly` is for reading what a server answers.
record Values(Reading reading, boolean keepsReadOnly) {
  private static final int VALUES_MAX = 2_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static Values ofClient(Reading reading) {
    return new Values(reading, false);
  }

  /// All values of an attribute; empty where nothing is left of them.
  Optional<JsonNode> all(Attribute attribute, JsonNode node, String path) {
    if (node.isNull() || isDropped(attribute)) return Optional.empty();
    return attribute.multiValued() ? list(attribute, node, path) : one(attribute, node, path);
  }

  /// One value, of a multi-valued attribute too.
  Optional<JsonNode> one(Attribute attribute, JsonNode node, String path) {
    if (node.isNull()) return Optional.empty();
    var single = unwrapped(attribute, node, path);
    if (attribute.type() != Attribute.Type.COMPLEX) {
      return Optional.of(new Scalars(reading).read(attribute, single, path));
    }
    return complex(attribute, object(attribute, single, path), path)
        .filter(o -> !o.isEmpty())
        .map(o -> o);
  }

  /// Fails where a sub-attribute is missing that each value must have.
  void requireWhole(Attribute attribute, JsonNode value, String path) {
    if (value.isArray()) value.valueStream().forEach(v -> requireWhole(attribute, v, path));
    if (!value.isObject()) return;
    attribute.subAttributes().stream()
        .filter(s -> s.required() && !value.hasNonNull(s.name()))
        .findFirst()
        .ifPresent(s -> {
          throw bad(path + "." + s.name(), "is required and missing");
        });
  }

  private boolean isDropped(Attribute attribute) {
    return !keepsReadOnly && attribute.mutability() == Mutability.READ_ONLY;
  }

  private Optional<JsonNode> list(Attribute attribute, JsonNode node, String path) {
    if (!node.isArray() && !reading.isTolerant()) throw wrong(path, "a list", node);
    var list = JSON.arrayNode();
    var values = node.isArray() ? node.valueStream().toList() : List.of(node);
    if (values.size() > VALUES_MAX && !attribute.name().equals("members") && !keepsReadOnly) {
      throw bad(path, "has more than " + VALUES_MAX + " values");
    }
    for (var value : values) {
      if (value.isArray()) throw wrong(path, "a list of values", value);
      one(attribute, value, path).ifPresent(list::add);
    }
    if (!keepsReadOnly && list.size() > 1) dropRepeated(attribute, list);
    if (!keepsReadOnly && list.valueStream().filter(Values::isPrimary).count() > 1) {
      throw bad(path, "has more than one primary value");
    }
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  /// The same value twice is one (RFC 7643 §2.4), the primary one if it is among them.
  private static void dropRepeated(Attribute attribute, ArrayNode list) {
    var seen = new HashSet<Object>();
    list.valueStream()
        .filter(Values::isPrimary)
        .forEach(value -> seen.add(ValueKey.of(attribute, value)));
    list.removeIf(value -> !isPrimary(value) && !seen.add(ValueKey.of(attribute, value)));
  }

  private static boolean isPrimary(JsonNode value) {
    return value.path("primary").asBoolean(false);
  }

  /// Entra ID sends a manager as a list of one.
  private JsonNode unwrapped(Attribute attribute, JsonNode node, String path) {
    if (!node.isArray()) return node;
    if (reading.isTolerant() && node.size() == 1 && !node.get(0).isArray()) return node.get(0);
    throw wrong(path, attribute.type().wire(), node);
  }

  /// `"manager": "id"` is `"manager": {"value": "id"}` to tolerant reading.
  private ObjectNode object(Attribute attribute, JsonNode node, String path) {
    if (node instanceof ObjectNode object) return RoleBlobs.opened(attribute, object, reading);
    if (!reading.isTolerant() || node.isContainer() || attribute.sub("value").isEmpty()) {
      throw wrong(path, "an object", node);
    }
    return RoleBlobs.opened(attribute, JSON.objectNode().set("value", node), reading);
  }

  private Optional<ObjectNode> complex(Attribute attribute, ObjectNode node, String path) {
    var object = JSON.objectNode();
    for (var member : node.properties()) {
      var sub = attribute.sub(member.getKey());
      if (sub.isEmpty()) {
        unknown(path + "." + member.getKey());
      } else {
        var name = sub.orElseThrow().name();
        requireOnce(object, name, path);
        all(sub.orElseThrow(), member.getValue(), path + "." + name)
            .ifPresent(v -> object.set(name, v));
      }
    }
    return Optional.of(object);
  }

  /// A member that no schema has: strict reading refuses it, tolerant reading passes over it.
  void unknown(String path) {
    if (!reading.isTolerant()) throw bad(path, "is no attribute of this resource");
  }

  static void requireOnce(ObjectNode object, String name, String path) {
    if (object.has(name)) {
      throw ScimException.bad(
          ScimType.invalidSyntax, "'" + name + "' stands twice in " + Scalars.shown(path));
    }
  }

  static ScimException bad(String path, String what) {
    return ScimException.bad(ScimType.invalidValue, "'" + Scalars.shown(path) + "' " + what);
  }

  static ScimException wrong(String path, String allowed, JsonNode found) {
    return bad(path, "must be " + allowed + ", found " + Scalars.kind(found));
  }
}
