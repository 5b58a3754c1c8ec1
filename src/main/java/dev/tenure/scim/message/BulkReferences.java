package dev.tenure.scim.message;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// References between the operations of a Bulk request: a text `bulkId:X` stands for the id of what
/// the operation with that bulkId makes (RFC 7644 §3.7.2), as a whole value, or as a segment of the
/// path.
public final class BulkReferences {
  private static final String PREFIX = "bulkId:";

  private BulkReferences() {}

  /// The bulkIds that the operation refers to.
  public static Set<String> of(BulkRequest.Operation operation) {
    var found = new LinkedHashSet<String>();
    for (var segment : operation.path().split("/", -1)) reference(segment).ifPresent(found::add);
    collect(operation.data(), found);
    return found;
  }

  /// The path with the references that are known put in.
  public static String resolved(String path, Map<String, String> ids) {
    var segments = path.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      var segment = segments[i];
      segments[i] = reference(segment).map(ids::get).orElse(segment);
    }
    return String.join("/", segments);
  }

  /// A copy of the data with the references that are known put in. What holds another is left out:
  /// the value of a multi-valued attribute, the object that has it as its `value`, or the
  /// attribute.
  public static JsonNode resolved(JsonNode data, Map<String, String> ids) {
    return switch (data) {
      case ObjectNode object -> object(object, ids).orElseGet(JsonNodeFactory.instance::objectNode);
      case ArrayNode array -> array(array, ids);
      default -> data;
    };
  }

  private static Optional<ObjectNode> object(ObjectNode object, Map<String, String> ids) {
    var copy = JsonNodeFactory.instance.objectNode();
    for (var member : object.properties()) {
      var value = value(member.getValue(), ids);
      if (value.isPresent()) copy.set(member.getKey(), value.get());
      else if (isIdentity(member.getKey())) return Optional.empty();
    }
    return Optional.of(copy);
  }

  private static boolean isIdentity(String name) {
    return name.equalsIgnoreCase("value") || name.equals("$ref");
  }

  private static ArrayNode array(ArrayNode array, Map<String, String> ids) {
    var copy = JsonNodeFactory.instance.arrayNode();
    array.valueStream().forEach(v -> value(v, ids).ifPresent(copy::add));
    return copy;
  }

  private static Optional<JsonNode> value(JsonNode value, Map<String, String> ids) {
    return switch (value) {
      case ObjectNode object -> object(object, ids).map(o -> o);
      case ArrayNode array -> Optional.of(array(array, ids));
      default -> {
        var reference = value.isString() ? reference(value.stringValue()) : none();
        if (reference.isEmpty()) yield Optional.of(value);
        yield reference.map(ids::get).map(JsonNodeFactory.instance::stringNode);
      }
    };
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static void collect(JsonNode node, Set<String> found) {
    if (node.isString()) reference(node.stringValue()).ifPresent(found::add);
    node.valueStream().forEach(child -> collect(child, found));
  }

  private static Optional<String> reference(String text) {
    return text.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        ? Optional.of(text.substring(PREFIX.length()))
        : Optional.empty();
  }
}
