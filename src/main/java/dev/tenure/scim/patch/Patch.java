package dev.tenure.scim.patch;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Attribute.Mutability;
import dev.tenure.scim.schema.Requirements;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// The effect of PATCH operations on a resource (RFC 7644 §3.5.2), with these decisions where the
/// RFC is open or contradicts itself:
///
/// - A value filter that matches nothing: `remove` changes nothing; `add`, and in tolerant reading
///   `replace`, makes one value from the filter's `eq` terms; strict `replace` is `noTarget`.
/// - `replace` of a single complex attribute leaves the sub-attributes that it does not name.
/// - A value that is there already is merged with, not added (RFC 7643 §2.4).
/// - The last `primary` that an operation sets is the only one left.
/// - `schemas` is what the resource has, whatever an operation says.
/// - What the resource had that is required, or immutable, it has afterwards, however the
///   operations went about it.
///
/// Values must be canonical, as `PatchRequest.read` makes them.
public final class Patch {
  /// Each operation looks at all values of its attribute: this and [ManyValues#VALUES_MAX] bound
  /// the time of a request.
  private static final int OPERATIONS_MAX = 1_000;

  private static final String SCHEMAS = "schemas";

  private Patch() {}

  /// The resource after all operations, in order; the given one is left alone, so that nothing has
  /// happened where one fails with 400 `mutability`, `noTarget` or `invalidValue`, or where they
  /// are too many (413). What does not differ from the given one is equal to it.
  public static Resource apply(
      Resource resource, List<PatchOperation> operations, ResourceType type, Reading reading) {
    if (operations.size() > OPERATIONS_MAX) {
      throw new ScimException(
          413,
          null,
          "a PATCH has at most " + OPERATIONS_MAX + " operations beside those on members");
    }
    var json = resource.json();
    operations.forEach(o -> apply(json, o, reading));
    type.extensions().forEach(e -> dropEmpty(json, e.id()));
    renewSchemas(json, type);
    Sameness.requireKept(resource.view(), json, type);
    requireWhole(resource.view(), json, type);
    return Resource.of(json);
  }

  /// What was missing before, because the schema has grown since, may be missing still.
  private static void requireWhole(JsonNode before, JsonNode after, ResourceType type) {
    var missing = new ArrayList<>(Requirements.missing(after, type));
    if (missing.isEmpty()) return;
    missing.removeAll(Requirements.missing(before, type));
    if (missing.isEmpty()) return;
    throw ScimException.bad(
        ScimType.invalidValue, "'" + missing.getFirst() + "' is required and would be missing");
  }

  private static void apply(ObjectNode json, PatchOperation operation, Reading reading) {
    var path = operation.path();
    if (path.attribute().attribute().name().equals(SCHEMAS)) return;
    requireWritable(path);
    var before = value(json, path);
    switch (operation) {
      case PatchOperation.Add(_, var value) ->
          set(json, new Write(path, value, Merge.ADD), reading);
      case PatchOperation.Replace(_, var value) -> {
        if (isEmpty(value)) remove(json, path, value);
        else set(json, new Write(path, value, Merge.REPLACE), reading);
      }
      case PatchOperation.Remove(_, var values) -> remove(json, path, values);
    }
    requireImmutableKept(path, before, value(json, path));
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || (value.isArray() && value.isEmpty());
  }

  private static void set(ObjectNode json, Write write, Reading reading) {
    var value = write.value();
    if (isEmpty(value) || (value.isObject() && value.isEmpty())) return;
    var holder = holder(json, write.path());
    var attribute = write.path().attribute().attribute();
    if (attribute.multiValued()) {
      new ManyValues(attribute, holder, reading).set(write);
    } else {
      new OneValue(attribute, holder).set(write);
    }
  }

  private static void remove(ObjectNode json, PatchPath path, JsonNode values) {
    if (path.leaf().required()) {
      throw ScimException.bad(
          ScimType.mutability, "'" + path.attribute() + "' is required and cannot be removed");
    }
    var attribute = path.attribute().attribute();
    var holder = holder(json, path);
    if (attribute.multiValued()) {
      new ManyValues(attribute, holder, Reading.TOLERANT).remove(path, values);
    } else {
      new OneValue(attribute, holder).remove(path);
    }
  }

  /// The object in which the attribute stands: the resource, or an extension in it.
  private static ObjectNode holder(ObjectNode json, PatchPath path) {
    var ref = path.attribute();
    if (!ref.extension()) return json;
    var schema = ref.attribute().schema();
    return json.get(schema) instanceof ObjectNode there ? there : json.putObject(schema);
  }

  private static void requireWritable(PatchPath path) {
    var ref = path.attribute();
    if (ref.isReadOnly()) {
      throw ScimException.bad(ScimType.mutability, "'" + ref + "' is readOnly");
    }
  }

  /// An immutable attribute may be set once, and to the same value again.
  private static void requireImmutableKept(PatchPath path, JsonNode before, JsonNode after) {
    var ref = path.attribute();
    if (isImmutable(path)
        && !before.isMissingNode()
        && !Sameness.isSame(path.leaf(), before, after)) {
      throw ScimException.bad(ScimType.mutability, "'" + ref + "' is immutable and has a value");
    }
  }

  /// For a list, that of its sub-attributes is minded value by value in [ManyValues].
  private static boolean isImmutable(PatchPath path) {
    Attribute attribute = path.attribute().attribute();
    return attribute.mutability() == Mutability.IMMUTABLE
        || (!attribute.multiValued() && path.leaf().mutability() == Mutability.IMMUTABLE);
  }

  private static JsonNode value(ObjectNode json, PatchPath path) {
    if (!isImmutable(path)) return MissingNode.getInstance();
    var ref = path.attribute();
    JsonNode holder = ref.extension() ? json.path(ref.attribute().schema()) : json;
    var value = holder.path(ref.attribute().name());
    if (ref.attribute().multiValued()) return value.deepCopy();
    return ref.sub().map(s -> value.path(s.name())).orElse(value).deepCopy();
  }

  private static void dropEmpty(ObjectNode json, String extension) {
    if (json.path(extension).isObject() && json.path(extension).isEmpty()) json.remove(extension);
  }

  static void renewSchemas(ObjectNode json, ResourceType type) {
    var schemas = json.arrayNode().add(type.schema().id());
    type.extensions().stream().map(Schema::id).filter(json::has).forEach(schemas::add);
    json.set(SCHEMAS, schemas);
  }
}
