package dev.tenure.scim.schema;

import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Attribute.Mutability;
import dev.tenure.scim.schema.Attribute.Returned;
import dev.tenure.scim.schema.Attribute.Uniqueness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Schemas and resource types as JSON, both ways (RFC 7643 §6, §7). `base` is the absolute address
/// of the endpoint without a slash at its end, such as `https://host/acme/scim/v2`.
public final class SchemaDocument {
  private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";
  private static final String RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SchemaDocument() {}

  /// The document of `/Schemas/{urn}`.
  public static ObjectNode render(Schema schema, String base) {
    var document = JSON.objectNode();
    document.putArray("schemas").add(SCHEMA);
    document.put("id", schema.id()).put("name", schema.name());
    document.put("description", schema.description());
    var attributes = document.putArray("attributes");
    schema.attributes().forEach(a -> attributes.add(attribute(a)));
    return withMeta(document, "Schema", base + "/Schemas/" + schema.id());
  }

  /// The document of `/ResourceTypes/{name}`.
  public static ObjectNode render(ResourceType type, String base) {
    var document = JSON.objectNode();
    document.putArray("schemas").add(RESOURCE_TYPE);
    document.put("id", type.name()).put("name", type.name());
    document.put("description", type.description()).put("endpoint", type.endpoint());
    document.put("schema", type.schema().id());
    var extensions = document.putArray("schemaExtensions");
    type.extensions()
        .forEach(
            e -> extensions.addObject().put("schema", e.id()).put("required", type.demands(e)));
    return withMeta(document, "ResourceType", base + "/ResourceTypes/" + type.name());
  }

  /// Reads a schema. What is left out has the default of RFC 7643 §2.2. Throws
  /// [IllegalArgumentException] that names the attribute where a keyword is unknown.
  public static Schema read(ObjectNode document) {
    var id = text(document, "id", "");
    return new Schema(
        id,
        text(document, "name", id),
        text(document, "description", ""),
        attributes(id, document.path("attributes")));
  }

  static Schema resource(String file) {
    return read(file(file));
  }

  /// `schemas`, `id`, `externalId` and `meta`, as attributes of the given core schema.
  static List<Attribute> common(Schema core) {
    return attributes(core.id(), file("common.json").path("attributes"));
  }

  private static ObjectNode file(String name) {
    try (var in = SchemaDocument.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("missing in the jar: " + name);
      return (ObjectNode) ScimJson.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Attribute> attributes(String schema, JsonNode array) {
    return array.valueStream().map(node -> attribute(schema, node)).toList();
  }

  private static Attribute attribute(String schema, JsonNode node) {
    var name = text(node, "name", "");
    return new Attribute(
        schema,
        name,
        keyword(Attribute.Type.values(), text(node, "type", "string"), name),
        node.path("multiValued").asBoolean(false),
        text(node, "description", ""),
        node.path("required").asBoolean(false),
        texts(node.path("canonicalValues")),
        node.path("caseExact").asBoolean(false),
        keyword(Mutability.values(), text(node, "mutability", "readWrite"), name),
        keyword(Returned.values(), text(node, "returned", "default"), name),
        keyword(Uniqueness.values(), text(node, "uniqueness", "none"), name),
        texts(node.path("referenceTypes")),
        attributes(schema, node.path("subAttributes")));
  }

  private static ObjectNode attribute(Attribute attribute) {
    var node = JSON.objectNode();
    node.put("name", attribute.name()).put("type", attribute.type().wire());
    node.put("multiValued", attribute.multiValued()).put("description", attribute.description());
    node.put("required", attribute.required());
    if (!attribute.canonicalValues().isEmpty()) {
      var values = node.putArray("canonicalValues");
      attribute.canonicalValues().forEach(values::add);
    }
    node.put("caseExact", attribute.caseExact()).put("mutability", camel(attribute.mutability()));
    node.put("returned", camel(attribute.returned()));
    node.put("uniqueness", camel(attribute.uniqueness()));
    if (!attribute.referenceTypes().isEmpty()) {
      var values = node.putArray("referenceTypes");
      attribute.referenceTypes().forEach(values::add);
    }
    if (attribute.type() == Attribute.Type.COMPLEX) {
      var subs = node.putArray("subAttributes");
      attribute.subAttributes().forEach(s -> subs.add(attribute(s)));
    }
    return node;
  }

  private static ObjectNode withMeta(ObjectNode document, String type, String location) {
    document.putObject("meta").put("resourceType", type).put("location", location);
    return document;
  }

  private static <E extends Enum<E>> E keyword(E[] all, String word, String attribute) {
    return Arrays.stream(all)
        .filter(e -> camel(e).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(all, word, attribute)));
  }

  private static String unknown(Enum<?>[] all, String word, String attribute) {
    var allowed = Stream.of(all).map(SchemaDocument::camel).toList();
    return "attribute '%s': '%s' is none of %s".formatted(attribute, word, allowed);
  }

  /// `READ_ONLY` as `readOnly`.
  private static String camel(Enum<?> word) {
    var parts = word.name().toLowerCase(Locale.ROOT).split("_", -1);
    return parts.length == 1
        ? parts[0]
        : parts[0] + parts[1].substring(0, 1).toUpperCase(Locale.ROOT) + parts[1].substring(1);
  }

  private static String text(JsonNode node, String name, String otherwise) {
    return node.path(name).asString(otherwise);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(v -> v.asString("")).toList();
  }
}
