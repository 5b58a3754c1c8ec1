package dev.tenure.scim.schema;

import static dev.tenure.scim.schema.Attribute.Type.COMPLEX;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds attributes by their path (RFC 7644 §3.10): `name.givenName`, `$ref`, a fully qualified
/// name, or the URN of an extension alone. Letter case never matters.
///
/// The URN of an extension resolves to a made-up complex attribute that is named by that URN: in a
/// resource, the extension is a member of that name.
public final class AttributePaths {
  private AttributePaths() {}

  /// Resolves a path as it stands on the wire.
  public static Optional<AttributeRef> resolve(ResourceType type, String path) {
    return path.indexOf(':') < 0 ? own(type, path) : qualified(type, path);
  }

  /// Also resolves the bare name of an extension's attribute where no core attribute has that name;
  /// the first extension that has it wins. For configuration files and tolerant reading.
  public static Optional<AttributeRef> resolveShort(ResourceType type, String path) {
    return resolve(type, path)
        .or(() ->
            type.extensions().stream()
                .flatMap(e -> named(e.attributes(), true, path).stream())
                .findFirst());
  }

  /// The valid path that looks most like this one, short names allowed; none if nothing does. For a
  /// short name it is the whole one: who asks for advice cannot use the short one.
  public static Optional<String> nearest(ResourceType type, String path) {
    return resolveShort(type, path)
        .map(AttributeRef::toString)
        .or(() -> Nearest.of(path, all(type)));
  }

  private static Stream<String> all(ResourceType type) {
    var own =
        Stream.concat(type.common().stream(), type.schema().attributes().stream())
            .flatMap(AttributePaths::names);
    var extended =
        type.extensions().stream()
            .flatMap(e -> e.attributes().stream())
            .flatMap(AttributePaths::names);
    return Stream.concat(own, extended);
  }

  private static Stream<String> names(Attribute attribute) {
    return Stream.concat(
        Stream.of(attribute.name()),
        attribute.subAttributes().stream().map(s -> attribute.name() + "." + s.name()));
  }

  /// Known URNs are tried whole, longest first: the dot of `2.0` is not that of a sub-attribute.
  private static Optional<AttributeRef> qualified(ResourceType type, String path) {
    return type.schemas()
        .filter(s -> path.regionMatches(true, 0, s.id(), 0, s.id().length()))
        .sorted(Comparator.comparingInt((Schema s) -> s.id().length()).reversed())
        .flatMap(s -> below(type, s, path.substring(s.id().length())).stream())
        .findFirst();
  }

  private static Optional<AttributeRef> below(ResourceType type, Schema schema, String rest) {
    var extension = !schema.id().equals(type.schema().id());
    if (rest.isEmpty()) return extension ? Optional.of(whole(schema)) : Optional.empty();
    if (!rest.startsWith(":")) return Optional.empty();
    var path = rest.substring(1);
    return extension ? named(schema.attributes(), true, path) : own(type, path);
  }

  private static Optional<AttributeRef> own(ResourceType type, String path) {
    return named(type.schema().attributes(), false, path)
        .or(() -> named(type.common(), false, path));
  }

  private static Optional<AttributeRef> named(
      List<Attribute> attributes, boolean extension, String path) {
    var dot = path.indexOf('.');
    var name = dot < 0 ? path : path.substring(0, dot);
    var found = ResourceType.named(attributes, name);
    if (dot < 0) return found.map(a -> new AttributeRef(a, extension, Optional.empty()));
    return found.flatMap(a ->
        a.sub(path.substring(dot + 1)).map(s -> new AttributeRef(a, extension, Optional.of(s))));
  }

  private static AttributeRef whole(Schema extension) {
    return new AttributeRef(
        new Attribute(
            extension.id(),
            extension.id(),
            COMPLEX,
            false,
            extension.description(),
            false,
            List.of(),
            false,
            Attribute.Mutability.READ_WRITE,
            Attribute.Returned.DEFAULT,
            Attribute.Uniqueness.NONE,
            List.of(),
            extension.attributes()),
        false,
        Optional.empty());
  }
}
