package dev.tenure.scim;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A SCIM resource as a JSON object (RFC 7643 §3). Immutable: the tree is copied on the way in and
/// on the way out, and nothing in this code changes a tree that it did not make.
public final class Resource {
  private final ObjectNode json;

  private Resource(ObjectNode json) {
    this.json = json;
  }

  /// A resource with a copy of this object.
  public static Resource of(ObjectNode json) {
    return new Resource(json.deepCopy());
  }

  /// A resource without attributes.
  public static Resource empty() {
    return new Resource(JsonNodeFactory.instance.objectNode());
  }

  /// A copy that the caller may change.
  public ObjectNode json() {
    return json.deepCopy();
  }

  /// The member of this exact name, for reading only; absent where it is missing or JSON null.
  public Optional<JsonNode> get(String name) {
    var node = json.get(name);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  /// The member of this exact name as text; absent where it is missing or not a JSON string.
  public Optional<String> text(String name) {
    return get(name).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  /// The tree itself, for reading only: for hot paths that must not copy.
  public ObjectNode view() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Resource that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
