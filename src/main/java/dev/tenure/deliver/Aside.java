package dev.tenure.deliver;

import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.schema.AttributeRef;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What makes an account step aside: the operations of its change, with another userName than the
/// one that is not free yet. An email address that is the same goes with it.
final class Aside {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String taken;
  private final String detour;

  private Aside(String taken, String detour) {
    this.taken = taken;
    this.detour = detour;
  }

  static List<PatchOperation> of(List<PatchOperation> operations, String detour) {
    var taken = operations.stream().flatMap(o -> userName(o).stream()).findFirst().orElse("");
    var aside = new Aside(taken, detour);
    return operations.stream().map(aside::operation).toList();
  }

  private static boolean isName(AttributeRef ref) {
    var name = ref.attribute().name();
    return !ref.extension() && (name.equals("userName") || name.equals("emails"));
  }

  private static Optional<String> userName(PatchOperation operation) {
    var ref = operation.path().attribute();
    if (ref.extension() || !ref.attribute().name().equals("userName")) return Optional.empty();
    return value(operation).map(v -> v.asString(""));
  }

  private static Optional<JsonNode> value(PatchOperation operation) {
    return switch (operation) {
      case PatchOperation.Add(_, var value) -> Optional.of(value);
      case PatchOperation.Replace(_, var value) -> Optional.of(value);
      case PatchOperation.Remove _ -> Optional.empty();
    };
  }

  private PatchOperation operation(PatchOperation operation) {
    if (!isName(operation.path().attribute())) return operation;
    return switch (operation) {
      case PatchOperation.Add(var path, var value) -> new PatchOperation.Add(path, node(value));
      case PatchOperation.Replace(var path, var value) ->
          new PatchOperation.Replace(path, node(value));
      case PatchOperation.Remove remove -> remove;
    };
  }

  private JsonNode node(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        var other = NODES.objectNode();
        object.properties().forEach(e -> other.set(e.getKey(), node(e.getValue())));
        yield other;
      }
      case ArrayNode array -> {
        var other = NODES.arrayNode();
        array.forEach(element -> other.add(node(element)));
        yield other;
      }
      default -> value.asString("").equalsIgnoreCase(taken) ? NODES.stringNode(detour) : value;
    };
  }
}
