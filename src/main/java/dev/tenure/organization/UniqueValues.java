package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.Claims;
import dev.tenure.organization.store.Claims.Claim;
import dev.tenure.organization.store.UniqueStore;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.Timestamps;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Attributes with the uniqueness `server` or `global` (RFC 7643 §2.2), which mean the same here:
/// no two resources of an organization have the same value. Of a list each value counts.
final class UniqueValues {
  /// A longer value is known by its hash: an index has no room for more.
  private static final int KEY_CHARACTERS_MAX = 200;

  private final UniqueStore store;

  UniqueValues(Database database) {
    this.store = new UniqueStore(database);
  }

  /// What a resource of this type with this document claims, in an order that is the same for all,
  /// so that two who claim the same values wait for each other and are not stuck.
  static Claims claims(ResourceType type, JsonNode document) {
    if (type.unique().isEmpty()) return Claims.NONE;
    var all =
        type.unique().stream()
            .flatMap(ref -> claims(ref, document))
            .distinct()
            .sorted(Comparator.comparing(Claim::attribute).thenComparing(Claim::key))
            .toList();
    return new Claims(true, all);
  }

  private static Stream<Claim> claims(AttributeRef ref, JsonNode document) {
    var attribute = path(ref);
    var values = each(ref.in(document));
    return ref.sub()
        .map(s -> values.flatMap(v -> each(v.path(s.name()))))
        .orElse(values)
        .map(v -> new Claim(attribute, key(ref.leaf(), v)));
  }

  /// The path with the URN of its schema, an extension's or not.
  static String path(AttributeRef ref) {
    var path = ref.attribute().schema() + ":" + ref.attribute().name();
    return ref.sub().map(s -> path + "." + s.name()).orElse(path);
  }

  private static Stream<JsonNode> each(JsonNode node) {
    var all = node.isArray() ? node.valueStream() : Stream.of(node);
    return all.filter(v -> !v.isMissingNode() && !v.isNull());
  }

  private static String key(Attribute leaf, JsonNode value) {
    var text = text(leaf, value);
    return text.length() <= KEY_CHARACTERS_MAX
        ? text
        : "sha256 " + HexFormat.of().formatHex(Hashes.sha256(text));
  }

  private static String text(Attribute leaf, JsonNode value) {
    var text = value.asString("");
    return switch (leaf.type()) {
      case INTEGER, DECIMAL -> value.decimalValue().stripTrailingZeros().toPlainString();
      case DATE_TIME -> Timestamps.instant(text).map(Object::toString).orElse(text);
      case STRING, REFERENCE, BINARY, BOOLEAN, COMPLEX ->
          leaf.caseExact() ? text : UserDocument.fold(text);
    };
  }

  /// 409 `uniqueness` that tells the attribute and who has its value.
  ScimException conflict(OrganizationId organization, UUID resource, Claims claims) {
    var detail =
        store
            .holder(organization, resource, claims)
            .map(
                h -> "'" + h.attribute() + "' has a value that " + h.type() + " " + h.id() + " has")
            .orElse("a value is taken by another resource");
    return new ScimException(409, ScimType.uniqueness, detail + ": it must be unique here");
  }
}
