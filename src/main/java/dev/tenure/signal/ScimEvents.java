package dev.tenure.signal;

import dev.tenure.signal.Signal.Change;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What SCIM events say besides their names (RFC 9967 §2.2, §2.4): the version, and either the
/// names of what changed or the data.
final class ScimEvents {
  private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ScimEvents() {}

  /// The names. A resource that was made has all of its document's, and its id.
  static ObjectNode notice(Signal signal) {
    var change = signal.change();
    var event = versioned(change);
    var names = event.putArray("attributes");
    if (signal.type() == EventType.CREATE_NOTICE) names.add("id");
    change.attributes().forEach(names::add);
    if (!change.joined().isEmpty() || !change.parted().isEmpty()) names.add("members");
    return event;
  }

  /// The data: the resource, or for a change of it a PATCH that does what was done.
  static ObjectNode full(Signal signal) {
    var change = signal.change();
    var event = versioned(change);
    event.set("data", signal.type() == EventType.PATCH_FULL ? patch(change) : whole(signal));
    return event;
  }

  private static ObjectNode versioned(Change change) {
    var event = JSON.objectNode();
    change.version().ifPresent(version -> event.put("version", "W/\"" + version + "\""));
    return event;
  }

  private static ObjectNode whole(Signal signal) {
    var resource = document(signal.change());
    var joined = signal.change().joined();
    if (!joined.isEmpty()) resource.set("members", members(joined));
    return resource.put("id", signal.resourceId());
  }

  /// Members come and go, attributes that are gone are removed, the others replaced. A complex one
  /// is removed first: to replace it would be to merge (RFC 7644 §3.5.2.3).
  private static ObjectNode patch(Change change) {
    var patch = JSON.objectNode();
    patch.putArray("schemas").add(PATCH);
    var operations = patch.putArray("Operations");
    if (!change.parted().isEmpty()) {
      var selected =
          change.parted().stream()
              .map(id -> "value eq \"" + id + "\"")
              .collect(Collectors.joining(" or "));
      operations.addObject().put("op", "remove").put("path", "members[" + selected + "]");
    }
    if (!change.joined().isEmpty()) {
      var add = operations.addObject().put("op", "add").put("path", "members");
      add.set("value", members(change.joined()));
    }
    attributes(change, operations);
    return patch;
  }

  private static void attributes(Change change, ArrayNode operations) {
    if (change.attributes().isEmpty()) return;
    var document = document(change);
    var values = JSON.objectNode();
    for (var name : change.attributes()) {
      var value = document.path(name);
      if (value.isMissingNode() || value.isObject()) {
        operations.addObject().put("op", "remove").put("path", name);
      }
      if (!value.isMissingNode()) values.set(name, value);
    }
    if (values.isEmpty()) return;
    operations.addObject().put("op", "replace").set("value", values);
  }

  private static ArrayNode members(List<UUID> ids) {
    var members = JSON.arrayNode();
    ids.forEach(id -> members.addObject().put("value", id.toString()));
    return members;
  }

  private static ObjectNode document(Change change) {
    return (ObjectNode) JsonMapper.shared().readTree(change.content().orElse("{}"));
  }
}
