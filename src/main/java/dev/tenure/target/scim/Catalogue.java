package dev.tenure.target.scim;

import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.Schema;
import dev.tenure.target.Keeping;
import dev.tenure.target.Keepings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What the schemas of a server say of the attributes of its users (RFC 7643 §7).
///
/// They are read leniently, and are not believed where they cannot be meant: an account has its id,
/// externalId, userName and active whatever they say, and values of a list have what RFC 7643 §2.4
/// gives them.
final class Catalogue implements Keepings {
  private static final Set<String> ALWAYS =
      Set.of("id", "externalid", "meta", "schemas", "username", "active");
  private static final Set<String> OF_VALUES =
      Set.of("value", "type", "primary", "display", "$ref");

  private final Map<String, JsonNode> schemas = new HashMap<>();

  /// Extensions that users may have, described or not.
  private final Set<String> named = new HashSet<>();

  private Catalogue(JsonNode schemas, JsonNode resourceTypes) {
    Listed.of(schemas).forEach(s -> this.schemas.put(folded(s.path("id")), s.path("attributes")));
    Listed.of(resourceTypes)
        .flatMap(type -> type.path("schemaExtensions").valueStream())
        .forEach(extension -> named.add(folded(extension.path("schema"))));
  }

  /// Absent where nothing usable is said of users.
  static Optional<Keepings> of(JsonNode schemas, JsonNode resourceTypes) {
    if (Listed.isCut(schemas)) return Optional.empty();
    var catalogue = new Catalogue(schemas, resourceTypes);
    var user = catalogue.schemas.getOrDefault(folded(Schema.USER), MissingNode.getInstance());
    return named(user, "userName").isObject() ? Optional.of(catalogue) : Optional.empty();
  }

  private static String folded(JsonNode urn) {
    return folded(urn.asString("").strip());
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  @Override
  public Keeping of(AttributeRef ref) {
    var name = folded(ref.attribute().name());
    if (!ref.extension() && ALWAYS.contains(name)) return Keeping.KEPT;
    var urn = folded(ref.attribute().schema());
    var attributes = schemas.get(urn);
    if (attributes == null) return named.contains(urn) ? Keeping.KEPT : Keeping.UNKNOWN;
    if (attributes.isEmpty()) return Keeping.KEPT;
    var attribute = named(attributes, name);
    if (!attribute.isObject()) return Keeping.UNKNOWN;
    var whole = keeping(attribute);
    return whole == Keeping.KEPT && ref.sub().isPresent() ? within(ref, attribute) : whole;
  }

  private static Keeping within(AttributeRef ref, JsonNode attribute) {
    var subs = attribute.path("subAttributes");
    var name = folded(ref.leaf().name());
    var sub = named(subs, name);
    if (sub.isObject()) return keeping(sub);
    var isGiven = ref.attribute().multiValued() && OF_VALUES.contains(name);
    return subs.isEmpty() || isGiven ? Keeping.KEPT : Keeping.UNKNOWN;
  }

  private static Keeping keeping(JsonNode attribute) {
    var mutability = folded(attribute.path("mutability"));
    var returned = folded(attribute.path("returned"));
    if (mutability.equals("readonly")) return Keeping.READ_ONLY;
    if (mutability.equals("immutable")) return Keeping.IMMUTABLE;
    var isUnseen =
        mutability.equals("writeonly") || returned.equals("never") || returned.equals("request");
    return isUnseen ? Keeping.UNSEEN : Keeping.KEPT;
  }

  private static JsonNode named(JsonNode attributes, String name) {
    return attributes
        .valueStream()
        .filter(a -> a.path("name").asString("").equalsIgnoreCase(name))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }
}
