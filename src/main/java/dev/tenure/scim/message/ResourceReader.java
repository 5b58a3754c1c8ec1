package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.Requirements;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads resources that clients send in POST and PUT (RFC 7644 §3.3, §3.5.1), and those that a
/// server answers. The result has the schema's spelling, no nulls, no empty lists, and in `schemas`
/// the URNs of what it really has.
public final class ResourceReader {
  /// Names that OneLogin's templates use for the Enterprise User extension.
  private static final Map<String, String> ALIASES =
      Map.of(
          "urn:scim:schemas:extension:enterprise:1.0", Schema.ENTERPRISE,
          "urn:scim:schemas:extension:enterprise:2.0", Schema.ENTERPRISE);

  private final ResourceType type;
  private final Values values;
  private final ObjectNode read = JsonNodeFactory.instance.objectNode();

  private ResourceReader(ResourceType type, Values values) {
    this.type = type;
    this.values = values;
  }

  /// Reads the body of a POST or PUT, without what is readOnly. 400 `invalidSyntax` where it is no
  /// object or (strict) has wrong `schemas`, 400 `invalidValue` where a value has a wrong type, a
  /// required one is missing, two are primary or (strict) an attribute is unknown.
  public static Resource read(JsonNode body, ResourceType type, Reading reading) {
    var reader = new ResourceReader(type, Values.ofClient(reading));
    var resource = reader.resource(body, reading);
    Requirements.missing(resource.view(), type).stream()
        .findFirst()
        .ifPresent(path -> {
          throw Values.bad(path, "is required and missing");
        });
    return resource;
  }

  /// Reads a resource that a server answered, tolerantly: with what is readOnly, and whatever may
  /// be missing.
  public static Resource observed(JsonNode answer, ResourceType type) {
    return new ResourceReader(type, new Values(Reading.TOLERANT, true))
        .resource(answer, Reading.TOLERANT);
  }

  private Resource resource(JsonNode body, Reading reading) {
    if (!(body instanceof ObjectNode object)) {
      throw ScimException.bad(
          ScimType.invalidSyntax, "a resource is an object, found " + Scalars.kind(body));
    }
    if (!reading.isTolerant()) requireSchemas(object);
    object.properties().forEach(m -> member(m.getKey(), m.getValue()));
    var schemas = JsonNodeFactory.instance.arrayNode().add(type.schema().id());
    type.extensions().stream().map(Schema::id).filter(read::has).forEach(schemas::add);
    var whole = JsonNodeFactory.instance.objectNode();
    whole.set("schemas", schemas);
    return Resource.of(whole.setAll(read));
  }

  private void member(String key, JsonNode value) {
    if (key.equalsIgnoreCase("schemas")) return;
    var found = find(key);
    if (found.isEmpty()) values.unknown(key);
    else found.ifPresent(ref -> put(ref, value, key));
  }

  private Optional<AttributeRef> find(String key) {
    var alias = ALIASES.get(key.toLowerCase(Locale.ROOT));
    return AttributePaths.resolve(type, alias == null ? key : alias)
        .filter(ref -> ref.sub().isEmpty());
  }

  private void put(AttributeRef ref, JsonNode value, String path) {
    var attribute = ref.attribute();
    var read = values.all(attribute, value, path);
    if (read.isEmpty()) return;
    if (!ref.extension() && this.read.get(attribute.name()) instanceof ObjectNode there) {
      var more = read.orElseThrow();
      more.propertyNames().forEach(name -> Values.requireOnce(there, name, path));
      there.setAll((ObjectNode) more);
      return;
    }
    var holder = ref.extension() ? extension(attribute.schema()) : this.read;
    Values.requireOnce(holder, attribute.name(), "the resource");
    holder.set(attribute.name(), read.orElseThrow());
  }

  /// A fully qualified name at the top level is understood like the extension's object.
  private ObjectNode extension(String urn) {
    return read.get(urn) instanceof ObjectNode there ? there : read.putObject(urn);
  }

  private void requireSchemas(ObjectNode body) {
    var known = new HashSet<String>();
    type.schemas().forEach(s -> known.add(s.id().toLowerCase(Locale.ROOT)));
    var given = new HashSet<String>();
    body.path("schemas").valueStream().forEach(s -> given.add(urn(s)));
    if (!given.contains(type.schema().id().toLowerCase(Locale.ROOT))) {
      throw ScimException.bad(ScimType.invalidSyntax, "'schemas' must name " + type.schema().id());
    }
    given.removeAll(known);
    if (!given.isEmpty()) {
      throw Values.bad("schemas", "names a schema that this resource type does not have");
    }
  }

  private static String urn(JsonNode node) {
    return node.asString("").toLowerCase(Locale.ROOT);
  }
}
