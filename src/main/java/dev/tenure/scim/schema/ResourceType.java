package dev.tenure.scim.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A resource type (RFC 7643 §6), and what follows from its schemas for reading, writing and
/// answering: found out once, so that a request only looks it up.
///
/// `endpoint` is relative, such as `/Users`. `common` holds the attributes of every resource
/// (`schemas`, `id`, `externalId`, `meta`; RFC 7643 §3.1).
public final class ResourceType {
  private final Form form;
  private final List<Schema> extensions;
  private final Set<String> demanded;
  private final List<Attribute> common;
  private final Special special;

  /// A resource type as it is declared.
  public record Form(
      String name, String endpoint, String description, Schema schema, List<Extension> extensions) {
    public Form {
      extensions = List.copyOf(extensions);
    }

    /// The same with one more extension.
    Form with(Extension extension) {
      var more = Stream.concat(extensions.stream(), Stream.of(extension)).toList();
      return new Form(name, endpoint, description, schema, more);
    }
  }

  /// An extension of a resource type. `required`: each resource must have it.
  public record Extension(Schema schema, boolean required) {}

  public ResourceType(Form form) {
    this.form = form;
    this.extensions = form.extensions().stream().map(Extension::schema).toList();
    this.demanded =
        form.extensions().stream()
            .filter(Extension::required)
            .map(e -> e.schema().id())
            .collect(Collectors.toUnmodifiableSet());
    this.common = SchemaDocument.common(form.schema());
    this.special = Special.of(form.schema(), extensions);
  }

  Form form() {
    return form;
  }

  public String name() {
    return form.name();
  }

  public String endpoint() {
    return form.endpoint();
  }

  public String description() {
    return form.description();
  }

  public Schema schema() {
    return form.schema();
  }

  public List<Schema> extensions() {
    return extensions;
  }

  public List<Attribute> common() {
    return common;
  }

  /// The core schema, then the extensions.
  public Stream<Schema> schemas() {
    return Stream.concat(Stream.of(form.schema()), extensions.stream());
  }

  /// Whether each resource must have this extension.
  public boolean demands(Schema extension) {
    return demanded.contains(extension.id());
  }

  /// The attribute of this name that is no extension's, in any letter case.
  public Optional<Attribute> attribute(String name) {
    return form.schema().attribute(name).or(() -> named(common, name));
  }

  /// What each resource must have, and each value of a complex attribute; not what clients cannot
  /// give because it is readOnly.
  public List<AttributeRef> required() {
    return special.required();
  }

  /// What a replacement leaves as it is where it does not name it, because a client may not write
  /// it, or cannot know it. Not the sub-attributes of lists: which value is which is not known.
  public List<AttributeRef> kept() {
    return special.kept();
  }

  /// What can be set once.
  public List<AttributeRef> immutable() {
    return special.immutable();
  }

  /// What is stored, and never answered: of it is kept only that it was set. A user's password is
  /// none: it is not stored at all.
  public List<AttributeRef> concealed() {
    return special.concealed();
  }

  /// What is answered only where it is asked for by name.
  public List<AttributeRef> onRequest() {
    return special.onRequest();
  }

  /// What may stand only once in an organization, besides `id` and `userName`.
  public List<AttributeRef> unique() {
    return special.unique();
  }

  @Override
  public String toString() {
    return form.name();
  }

  static Optional<Attribute> named(List<Attribute> attributes, String name) {
    for (var attribute : attributes) {
      if (attribute.name().equalsIgnoreCase(name)) return Optional.of(attribute);
    }
    return Optional.empty();
  }

  /// The attributes that are treated in a special way.
  private record Special(
      List<AttributeRef> required,
      List<AttributeRef> kept,
      List<AttributeRef> immutable,
      List<AttributeRef> concealed,
      List<AttributeRef> onRequest,
      List<AttributeRef> unique) {

    static Special of(Schema core, List<Schema> extensions) {
      var all =
          Stream.concat(
                  refs(core, false),
                  extensions.stream().flatMap(extension -> refs(extension, true)))
              .toList();
      return new Special(
          filtered(all, r -> r.leaf().required() && !r.isReadOnly()),
          filtered(all, r -> isFixed(r) && !isPartOfMany(r)),
          filtered(all, r -> isOnce(r.leaf()) && !isPartOfMany(r)),
          filtered(all, r -> r.leaf().isConcealed() && !isPassword(r)),
          filtered(all, r -> r.leaf().returned() == Attribute.Returned.REQUEST),
          filtered(all, r -> isUnique(r.leaf()) && !isUserName(r)));
    }

    private static Stream<AttributeRef> refs(Schema schema, boolean extension) {
      return schema.attributes().stream()
          .map(a -> new AttributeRef(a, extension, Optional.empty()))
          .flatMap(r -> Stream.concat(Stream.of(r), r.subs()));
    }

    private static List<AttributeRef> filtered(
        List<AttributeRef> all, Predicate<AttributeRef> condition) {
      return all.stream().filter(condition).toList();
    }

    private static boolean isPartOfMany(AttributeRef ref) {
      return ref.sub().isPresent() && ref.attribute().multiValued();
    }

    private static boolean isFixed(AttributeRef ref) {
      var leaf = ref.leaf();
      return leaf.mutability() == Attribute.Mutability.READ_ONLY
          || isOnce(leaf)
          || leaf.isConcealed();
    }

    private static boolean isOnce(Attribute leaf) {
      return leaf.mutability() == Attribute.Mutability.IMMUTABLE;
    }

    private static boolean isUnique(Attribute leaf) {
      return leaf.uniqueness() != Attribute.Uniqueness.NONE;
    }

    private static boolean isPassword(AttributeRef ref) {
      return isOfUser(ref, "password");
    }

    private static boolean isUserName(AttributeRef ref) {
      return isOfUser(ref, "userName");
    }

    private static boolean isOfUser(AttributeRef ref, String name) {
      return ref.attribute().schema().equals(Schema.USER) && ref.attribute().name().equals(name);
    }
  }
}
