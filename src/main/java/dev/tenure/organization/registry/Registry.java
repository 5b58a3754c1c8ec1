package dev.tenure.organization.registry;

import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.ResourceType.Form;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.SchemaDocument;
import dev.tenure.scim.schema.Schemas;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an organization declares beside the standard: schemas, resource types that have them, and
/// the extensions of `User` and `Group`. Names that it refers to exist.
public record Registry(List<Schema> schemas, List<Declared> types) {
  /// Nothing beside the standard.
  public static final Registry NONE = new Registry(List.of(), List.of());

  public Registry {
    schemas = List.copyOf(schemas);
    types = List.copyOf(types);
  }

  /// A resource type with the URNs of its schemas. Of a standard one, only the extensions count.
  public record Declared(
      String name, String endpoint, String description, String schema, List<Extension> extensions) {
    public Declared {
      extensions = List.copyOf(extensions);
    }
  }

  /// An extension by its URN. `required`: each resource of the type must have it.
  public record Extension(String schema, boolean required) {}

  /// The standard schemas together with these.
  public Schemas whole() {
    var whole = Schemas.standard();
    for (var type : types) {
      whole =
          Schemas.standard().type(type.name()).isEmpty() ? made(whole, type) : grown(whole, type);
    }
    return whole;
  }

  private Schemas made(Schemas schemas, Declared type) {
    var extensions = type.extensions().stream().map(this::extension).toList();
    return schemas.withType(
        new ResourceType(
            new Form(
                type.name(),
                type.endpoint(),
                type.description(),
                schema(type.schema()),
                extensions)));
  }

  private Schemas grown(Schemas schemas, Declared type) {
    var grown = schemas;
    for (var extension : type.extensions()) {
      grown = grown.withExtension(type.name(), extension(extension));
    }
    return grown;
  }

  private ResourceType.Extension extension(Extension extension) {
    return new ResourceType.Extension(schema(extension.schema()), extension.required());
  }

  private Schema schema(String urn) {
    return Stream.concat(schemas.stream(), extensions())
        .filter(s -> s.id().equalsIgnoreCase(urn))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(urn));
  }

  /// The extensions of the standard types, which other types may have too.
  static Stream<Schema> extensions() {
    return Schemas.standard().types().stream().flatMap(t -> t.extensions().stream());
  }

  /// As it is stored: the documents of `/Schemas` and `/ResourceTypes`.
  public ObjectNode document() {
    var document = JsonNodeFactory.instance.objectNode();
    var all = document.putArray("schemas");
    schemas.forEach(s -> all.add(SchemaDocument.render(s, "")));
    var declared = document.putArray("resourceTypes");
    types.forEach(t -> declared.add(document(t)));
    return document;
  }

  private static ObjectNode document(Declared type) {
    var document = JsonNodeFactory.instance.objectNode();
    document.put("name", type.name()).put("endpoint", type.endpoint());
    document.put("description", type.description()).put("schema", type.schema());
    var extensions = document.putArray("schemaExtensions");
    type.extensions()
        .forEach(
            e -> extensions.addObject().put("schema", e.schema()).put("required", e.required()));
    return document;
  }

  /// Reads what [#document] made.
  public static Registry read(JsonNode document) {
    return new Registry(
        document
            .path("schemas")
            .valueStream()
            .map(s -> SchemaDocument.read((ObjectNode) s))
            .toList(),
        document.path("resourceTypes").valueStream().map(Registry::declared).toList());
  }

  private static Declared declared(JsonNode type) {
    return new Declared(
        text(type, "name"),
        text(type, "endpoint"),
        text(type, "description"),
        text(type, "schema"),
        type.path("schemaExtensions")
            .valueStream()
            .map(e -> new Extension(text(e, "schema"), e.path("required").asBoolean(false)))
            .toList());
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
