package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.scim.schema.ResourceType;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The body of PATCH (RFC 7644 §3.5.2), both ways. The dialects of identity providers end here.
public final class PatchRequest {
  public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  private static final String OPERATIONS = "Operations";

  private PatchRequest() {}

  /// Reads a body: operations without a path are split into one for each attribute, and a value
  /// that is null or `[]` is a removal. What may be left is none, where nothing that a client may
  /// write was named. Errors: 400 `invalidSyntax`, `invalidPath`, `invalidValue`, `noTarget`,
  /// `mutability`.
  public static List<PatchOperation> read(JsonNode body, ResourceType type, Reading reading) {
    if (!body.isObject()) throw bad("a PATCH request is an object, found " + Scalars.kind(body));
    if (!reading.isTolerant() && !hasSchema(body)) throw bad("'schemas' must name " + SCHEMA);
    var operations = member(body, OPERATIONS, reading).orElse(body.path(OPERATIONS));
    if (!operations.isArray() || operations.isEmpty()) {
      throw bad("'Operations' must be a list with at least one operation");
    }
    var reader = new OperationReader(type, reading);
    return operations.valueStream().flatMap(o -> reader.read(o).stream()).toList();
  }

  /// The body that is read as these operations.
  public static ObjectNode render(List<PatchOperation> operations) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(SCHEMA);
    var list = body.putArray(OPERATIONS);
    operations.forEach(o -> list.add(render(o)));
    return body;
  }

  private static ObjectNode render(PatchOperation operation) {
    var path = PathParser.render(operation.path());
    return switch (operation) {
      case PatchOperation.Add(_, var value) -> rendered("add", path, value);
      case PatchOperation.Replace(_, var value) -> rendered("replace", path, value);
      case PatchOperation.Remove(_, var values) -> rendered("remove", path, values);
    };
  }

  private static ObjectNode rendered(String op, String path, JsonNode value) {
    var node = JsonNodeFactory.instance.objectNode().put("op", op).put("path", path);
    if (!value.isNull()) node.set("value", value);
    return node;
  }

  /// A member by its name; in tolerant reading in any letter case.
  static Optional<JsonNode> member(JsonNode object, String name, Reading reading) {
    if (object.has(name) || !reading.isTolerant()) return Optional.ofNullable(object.get(name));
    return object
        .propertyStream()
        .filter(m -> m.getKey().equalsIgnoreCase(name))
        .findFirst()
        .map(m -> m.getValue());
  }

  private static boolean hasSchema(JsonNode body) {
    return body.path("schemas")
        .valueStream()
        .anyMatch(s -> SCHEMA.equalsIgnoreCase(s.asString("")));
  }

  static ScimException bad(String detail) {
    return ScimException.bad(ScimType.invalidSyntax, detail);
  }
}
