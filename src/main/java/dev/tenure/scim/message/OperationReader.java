package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;

/// Reads one operation of a PATCH request, which may be several.
record OperationReader(ResourceType type, Reading reading) {

  List<PatchOperation> read(JsonNode operation) {
    if (!operation.isObject()) {
      throw PatchRequest.bad("an operation is an object, found " + Scalars.kind(operation));
    }
    var op = op(operation);
    var path = path(operation);
    var value = PatchRequest.member(operation, "value", reading).orElse(MissingNode.getInstance());
    if (op == Op.REMOVE) return List.of(removal(path, value));
    if (value.isMissingNode()) throw Values.bad("value", "is required for this operation");
    return path.isEmpty() ? split(op, value) : at(op, path, value);
  }

  /// An extension's object may hold anything of that extension; all else is one operation.
  private List<PatchOperation> at(Op op, String path, JsonNode value) {
    return operation(op, PathParser.parse(path, type, reading), value, path).stream().toList();
  }

  private Op op(JsonNode operation) {
    var op = PatchRequest.member(operation, "op", reading).orElse(NullNode.instance);
    return switch (op.asString("").strip().toLowerCase(Locale.ROOT)) {
      case "add" -> Op.ADD;
      case "replace" -> Op.REPLACE;
      case "remove" -> Op.REMOVE;
      default -> throw PatchRequest.bad("'op' must be 'add', 'replace' or 'remove'");
    };
  }

  /// Empty where there is none, or where it is the URN of the core schema alone.
  private String path(JsonNode operation) {
    var path = PatchRequest.member(operation, "path", reading).orElse(NullNode.instance);
    if (path.isNull()) return "";
    if (!path.isString()) {
      throw ScimException.bad(
          ScimType.invalidPath, "'path' must be text, found " + Scalars.kind(path));
    }
    var text = path.stringValue().strip();
    return text.equalsIgnoreCase(type.schema().id()) ? "" : text;
  }

  private PatchOperation removal(String path, JsonNode value) {
    if (path.isEmpty()) {
      throw ScimException.bad(ScimType.noTarget, "a 'remove' needs a path that says what");
    }
    var target = PathParser.parse(path, type, reading);
    var selects =
        target.attribute().attribute().multiValued()
            && target.values().isEmpty()
            && target.attribute().sub().isEmpty()
            && !value.isNull()
            && !value.isMissingNode();
    return new PatchOperation.Remove(
        target, selects ? selector(target.leaf(), value) : NullNode.instance);
  }

  /// Entra ID sends `remove` of `members` with the members to remove; an empty list removes none.
  private JsonNode selector(Attribute attribute, JsonNode value) {
    return new Values(Reading.TOLERANT, true)
        .all(attribute, value, attribute.name())
        .orElseGet(JsonNodeFactory.instance::arrayNode);
  }

  /// Without a path, the value's members are attributes: `title`, `name.givenName`, with a URN, or
  /// the object of an extension (RFC 7644 §3.5.2.1, and Entra ID's way).
  private List<PatchOperation> split(Op op, JsonNode value) {
    var members = value.isArray() && value.size() == 1 ? value.get(0) : value;
    if (!members.isObject()) throw Values.wrong("value", "an object of attributes", value);
    var operations = new ArrayList<PatchOperation>();
    members
        .properties()
        .forEach(m -> operations.addAll(memberOf(op, "", m.getKey(), m.getValue())));
    return operations;
  }

  private List<PatchOperation> memberOf(Op op, String prefix, String key, JsonNode value) {
    if (key.equalsIgnoreCase("schemas")) return List.of();
    if (prefix.isEmpty() && value.isObject() && isSchema(key)) {
      return value
          .propertyStream()
          .flatMap(m -> memberOf(op, key + ":", m.getKey(), m.getValue()).stream())
          .toList();
    }
    return named(prefix + key)
        .flatMap(path -> operation(op, path, value, prefix + key))
        .map(List::of)
        .orElse(List.of());
  }

  private boolean isSchema(String key) {
    return type.schemas().anyMatch(s -> s.id().equalsIgnoreCase(key));
  }

  /// What is unknown or readOnly is passed over in tolerant reading: Okta sends the `id` along with
  /// each renaming of a group.
  private Optional<PatchPath> named(String key) {
    var bracket = key.indexOf('[');
    var name = bracket < 0 ? key : key.substring(0, bracket);
    if (reading.isTolerant() && AttributePaths.resolveShort(type, name).isEmpty()) {
      return Optional.empty();
    }
    var path = PathParser.parse(key, type, reading);
    var readOnly = path.attribute().isReadOnly();
    if (readOnly && !reading.isTolerant()) {
      throw ScimException.bad(ScimType.mutability, "'" + path.attribute() + "' is readOnly");
    }
    return readOnly ? Optional.empty() : Optional.of(path);
  }

  private Optional<PatchOperation> operation(Op op, PatchPath path, JsonNode value, String name) {
    var read = value(path, value, name);
    if (read.isPresent()) return read.map(v -> op == Op.ADD ? add(path, v) : replace(path, v));
    var clears = op == Op.REPLACE && (value.isNull() || (value.isArray() && value.isEmpty()));
    return clears
        ? Optional.of(new PatchOperation.Remove(path, NullNode.instance))
        : Optional.empty();
  }

  private static PatchOperation add(PatchPath path, JsonNode value) {
    return new PatchOperation.Add(path, value);
  }

  private static PatchOperation replace(PatchPath path, JsonNode value) {
    return new PatchOperation.Replace(path, value);
  }

  private Optional<JsonNode> value(PatchPath path, JsonNode value, String name) {
    var leaf = path.leaf();
    // The value of a readOnly path is kept, so that applying it is refused rather than passed over.
    var values = new Values(reading, path.attribute().isReadOnly());
    var sub = path.attribute().sub().isPresent();
    if (!leaf.multiValued()) return values.all(leaf, value, name);
    if (path.values().isPresent() && !sub) return values.one(leaf, value, name);
    var listed = value.isArray() || value.isNull() ? value : list(value);
    var read = values.all(leaf, listed, name);
    if (leaf.type() == Attribute.Type.COMPLEX)
      read.ifPresent(v -> values.requireWhole(leaf, v, name));
    return read;
  }

  private static JsonNode list(JsonNode value) {
    return JsonNodeFactory.instance.arrayNode().add(value);
  }

  private enum Op {
    ADD,
    REPLACE,
    REMOVE
  }
}
