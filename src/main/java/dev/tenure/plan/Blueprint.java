package dev.tenure.plan;

import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.scim.Resource;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The body that makes a desired account: every attribute that has a value, at its place.
final class Blueprint {
  static final String USER_NAME = "userName";

  private Blueprint() {}

  static Resource of(Desired desired, ResourceType userType) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(userType.schema().id());
    for (var slot : Slot.of(desired)) {
      if (slot.isElement()) {
        slot.fresh().ifPresent(element -> list(body, slot.attribute()).add(element));
      } else {
        slot.mapped().stream().filter(m -> !Values.isNone(m.value())).forEach(m -> put(body, m));
      }
    }
    return Resource.of(withSchemas(body, userType));
  }

  /// The userName that the rules want, where they want one.
  static Optional<String> userName(Desired desired) {
    return desired.attributes().stream()
        .filter(m -> isUserName(m.path().attribute()))
        .map(m -> m.value().asString(""))
        .filter(name -> !name.isBlank())
        .findFirst();
  }

  /// Whether an account that has another userName gets the wanted one.
  static boolean rulesUserName(Desired desired) {
    return desired.attributes().stream()
        .anyMatch(m -> isUserName(m.path().attribute()) && m.owner() == Desired.Owner.ALWAYS);
  }

  static boolean isUserName(AttributeRef ref) {
    return !ref.extension() && ref.attribute().name().equals(USER_NAME);
  }

  private static void put(ObjectNode body, Mapped mapped) {
    var ref = mapped.path().attribute();
    var holder = holder(body, ref);
    var name = ref.attribute().name();
    if (ref.sub().isPresent()) {
      holder.withObjectProperty(name).set(ref.sub().get().name(), mapped.value());
    } else if (ref.attribute().multiValued()) {
      Values.elements(mapped.value()).forEach(list(body, ref)::add);
    } else {
      holder.set(name, mapped.value().deepCopy());
    }
  }

  private static ArrayNode list(ObjectNode body, AttributeRef ref) {
    return holder(body, ref).withArrayProperty(ref.attribute().name());
  }

  private static ObjectNode holder(ObjectNode body, AttributeRef ref) {
    return ref.extension() ? body.withObjectProperty(ref.attribute().schema()) : body;
  }

  /// `schemas` names the extensions that the body has (RFC 7643 §3).
  private static ObjectNode withSchemas(ObjectNode body, ResourceType userType) {
    var schemas = body.withArrayProperty("schemas");
    userType.extensions().stream().filter(e -> body.has(e.id())).forEach(e -> schemas.add(e.id()));
    return body;
  }
}
