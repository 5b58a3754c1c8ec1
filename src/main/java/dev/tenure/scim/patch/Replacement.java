package dev.tenure.scim.patch;

import dev.tenure.scim.Resource;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The effect of PUT on a resource (RFC 7644 §3.5.1), with these decisions where the RFC leaves a
/// choice:
///
/// - What is readWrite and not in the body is cleared.
/// - What a client may not write (readOnly), cannot read (returned `never`, writeOnly) or can write
///   once only (immutable) stays as it is where the body does not have it.
public final class Replacement {
  private Replacement() {}

  /// What is stored after the PUT; both are left alone. Throws 400 `mutability` where an immutable
  /// attribute has another value in the body. The body must be read by `ResourceReader`.
  public static Resource apply(Resource stored, Resource body, ResourceType type) {
    if (type.kept().isEmpty()) return body;
    var json = body.json();
    type.kept().forEach(ref -> keep(ref, stored.view(), json));
    Sameness.requireKept(stored.view(), json, type);
    Patch.renewSchemas(json, type);
    return Resource.of(json);
  }

  private static void keep(AttributeRef ref, JsonNode stored, ObjectNode json) {
    var value = ref.single(stored);
    if (value.isMissingNode() || !ref.single(json).isMissingNode()) return;
    var holder = ref.extension() ? object(json, ref.attribute().schema()) : json;
    ref.sub()
        .ifPresentOrElse(
            sub -> keepPart(holder, ref, sub.name(), value),
            () -> holder.set(ref.attribute().name(), value.deepCopy()));
  }

  private static void keepPart(ObjectNode holder, AttributeRef ref, String sub, JsonNode value) {
    object(holder, ref.attribute().name()).set(sub, value.deepCopy());
  }

  private static ObjectNode object(ObjectNode holder, String name) {
    return holder.get(name) instanceof ObjectNode there ? there : holder.putObject(name);
  }
}
