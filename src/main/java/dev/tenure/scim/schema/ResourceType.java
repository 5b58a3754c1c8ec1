package dev.tenure.scim.schema;

import java.util.List;
import java.util.stream.Stream;

/// A resource type (RFC 7643 §6): `endpoint` is relative, such as `/Users`. `common` holds the
/// attributes of every resource (`schemas`, `id`, `externalId`, `meta`; RFC 7643 §3.1).
public record ResourceType(
    String name,
    String endpoint,
    String description,
    Schema schema,
    List<Schema> extensions,
    List<Attribute> common) {

  public ResourceType {
    extensions = List.copyOf(extensions);
    common = List.copyOf(common);
  }

  /// The core schema, then the extensions.
  public Stream<Schema> schemas() {
    return Stream.concat(Stream.of(schema), extensions.stream());
  }
}
