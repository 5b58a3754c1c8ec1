package dev.tenure.scim.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The schemas and resource types of one service provider. Immutable; extensions make a new one.
public final class Schemas {
  private static final List<String> DISCOVERY =
      List.of("service-provider-config.json", "resource-type.json", "schema.json");
  private static final Schemas STANDARD = load();

  private final List<ResourceType> types;
  private final List<Schema> discovery;

  private Schemas(List<ResourceType> types, List<Schema> discovery) {
    this.types = List.copyOf(types);
    this.discovery = List.copyOf(discovery);
  }

  /// Users and Groups of RFC 7643, with the Enterprise, Genesys and origin extensions of a user.
  public static Schemas standard() {
    return STANDARD;
  }

  public ResourceType user() {
    return type("User").orElseThrow();
  }

  public ResourceType group() {
    return type("Group").orElseThrow();
  }

  /// In the order of `/ResourceTypes`.
  public List<ResourceType> types() {
    return types;
  }

  /// The resource type of this name, in any letter case.
  public Optional<ResourceType> type(String name) {
    return types.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
  }

  /// In the order of `/Schemas`: those of resources first, then those of the discovery documents.
  public List<Schema> all() {
    return Stream.concat(types.stream().flatMap(ResourceType::schemas), discovery.stream())
        .distinct()
        .toList();
  }

  /// The schema with this URN, in any letter case.
  public Optional<Schema> schema(String urn) {
    return all().stream().filter(s -> s.id().equalsIgnoreCase(urn)).findFirst();
  }

  /// The same with one more extension of the named resource type. Throws [IllegalArgumentException]
  /// where there is no such type, or it has that URN already.
  public Schemas withExtension(String typeName, Schema extension) {
    var extended = type(typeName).orElseThrow(() -> new IllegalArgumentException(typeName));
    if (extended.schemas().anyMatch(s -> s.id().equalsIgnoreCase(extension.id()))) {
      throw new IllegalArgumentException(extension.id());
    }
    return new Schemas(
        types.stream().map(t -> t.equals(extended) ? grown(t, extension) : t).toList(), discovery);
  }

  /// The same with one more resource type. Throws [IllegalArgumentException] where its name is
  /// taken.
  public Schemas withType(ResourceType type) {
    if (type(type.name()).isPresent()) throw new IllegalArgumentException(type.name());
    var more = new ArrayList<>(types);
    more.add(type);
    return new Schemas(more, discovery);
  }

  private static ResourceType grown(ResourceType type, Schema extension) {
    var extensions = new ArrayList<>(type.extensions());
    extensions.add(extension);
    return new ResourceType(
        type.name(), type.endpoint(), type.description(), type.schema(), extensions, type.common());
  }

  private static Schemas load() {
    var user = SchemaDocument.resource("user.json");
    var group = SchemaDocument.resource("group.json");
    var extensions =
        Stream.of("enterprise-user.json", "genesys-user.json", "origin-user.json")
            .map(SchemaDocument::resource)
            .toList();
    return new Schemas(
        List.of(
            new ResourceType(
                "User", "/Users", "User Account", user, extensions, SchemaDocument.common(user)),
            new ResourceType(
                "Group", "/Groups", "Group", group, List.of(), SchemaDocument.common(group))),
        DISCOVERY.stream().map(SchemaDocument::resource).toList());
  }
}
