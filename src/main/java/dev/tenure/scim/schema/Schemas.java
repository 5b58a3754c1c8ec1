package dev.tenure.scim.schema;

import dev.tenure.scim.schema.ResourceType.Extension;
import dev.tenure.scim.schema.ResourceType.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The schemas and resource types of one service provider: what its requests are validated against
/// and what `/Schemas` and `/ResourceTypes` show. Immutable; extensions make a new one.
public final class Schemas {
  private static final List<String> DISCOVERY =
      List.of("service-provider-config.json", "resource-type.json", "schema.json");
  private static final Schemas STANDARD = load();

  private final List<ResourceType> types;
  private final List<Schema> discovery;
  private final List<Schema> all;
  private final Map<String, ResourceType> byName = new HashMap<>();
  private final Map<String, ResourceType> byEndpoint = new HashMap<>();
  private final Map<String, Schema> byUrn = new HashMap<>();

  private Schemas(List<ResourceType> types, List<Schema> discovery) {
    this.types = List.copyOf(types);
    this.discovery = List.copyOf(discovery);
    this.all =
        Stream.concat(types.stream().flatMap(ResourceType::schemas), discovery.stream())
            .distinct()
            .toList();
    types.forEach(t -> byName.put(folded(t.name()), t));
    types.forEach(t -> byEndpoint.put(folded(t.endpoint().substring(1)), t));
    all.forEach(s -> byUrn.put(folded(s.id()), s));
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
    return Optional.ofNullable(byName.get(folded(name)));
  }

  /// The resource type at this segment of a path, such as `Users`, in any letter case.
  public Optional<ResourceType> at(String segment) {
    return Optional.ofNullable(byEndpoint.get(folded(segment)));
  }

  /// In the order of `/Schemas`: those of resources first, then those of the discovery documents.
  public List<Schema> all() {
    return all;
  }

  /// The schema with this URN, in any letter case.
  public Optional<Schema> schema(String urn) {
    return Optional.ofNullable(byUrn.get(folded(urn)));
  }

  /// The same with one more extension of the named resource type. Throws [IllegalArgumentException]
  /// where there is no such type, or it has that URN already.
  public Schemas withExtension(String typeName, Extension extension) {
    var extended = type(typeName).orElseThrow(() -> new IllegalArgumentException(typeName));
    var urn = extension.schema().id();
    if (extended.schemas().anyMatch(s -> s.id().equalsIgnoreCase(urn))) {
      throw new IllegalArgumentException(urn);
    }
    var grown = new ResourceType(extended.form().with(extension));
    return new Schemas(types.stream().map(t -> t.equals(extended) ? grown : t).toList(), discovery);
  }

  /// The same with one more resource type. Throws [IllegalArgumentException] where its name or its
  /// endpoint is taken.
  public Schemas withType(ResourceType type) {
    if (type(type.name()).or(() -> at(type.endpoint().substring(1))).isPresent()) {
      throw new IllegalArgumentException(type.name());
    }
    var more = new ArrayList<>(types);
    more.add(type);
    return new Schemas(more, discovery);
  }

  private static Schemas load() {
    var user = SchemaDocument.resource("user.json");
    var group = SchemaDocument.resource("group.json");
    var extensions =
        Stream.of("enterprise-user.json", "genesys-user.json", "origin-user.json")
            .map(file -> new Extension(SchemaDocument.resource(file), false))
            .toList();
    return new Schemas(
        List.of(
            new ResourceType(new Form("User", "/Users", "User Account", user, extensions)),
            new ResourceType(new Form("Group", "/Groups", "Group", group, List.of()))),
        DISCOVERY.stream().map(SchemaDocument::resource).toList());
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
