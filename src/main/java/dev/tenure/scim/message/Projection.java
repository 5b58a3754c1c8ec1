package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What of a resource an answer carries (RFC 7644 §3.9, RFC 7643 §7 `returned`). Names that no
/// schema has are passed over.
///
/// What is returned always is there whatever was asked for, a sub-attribute too. What is returned
/// on request is there where `attributes` names it, or where the request itself wrote it. What can
/// only be written is never there, whatever its `returned` says.
public final class Projection {
  private final ResourceType type;
  private final Names names;

  /// Paths as they were asked for, in lower case. `written`: what the request itself wrote.
  private record Names(
      Set<String> only, Set<String> without, Set<String> written, boolean narrowed) {}

  private Projection(ResourceType type, Names names) {
    this.type = type;
    this.names = names;
  }

  /// What `attributes` and `excludedAttributes` ask for; both empty = the whole resource. Both
  /// given is 400 `invalidValue`.
  public static Projection of(
      ResourceType type, List<String> attributes, List<String> excluded, Reading reading) {
    if (!attributes.isEmpty() && !excluded.isEmpty()) {
      throw ScimException.bad(
          ScimType.invalidValue, "'attributes' and 'excludedAttributes' exclude each other");
    }
    return new Projection(
        type,
        new Names(
            names(type, attributes, reading),
            names(type, excluded, reading),
            Set.of(),
            !attributes.isEmpty()));
  }

  /// The same for the answer to a request that wrote this resource.
  public Projection afterWriting(Resource body) {
    if (type.onRequest().isEmpty()) return this;
    return afterWriting(
        type.onRequest().stream().filter(ref -> hasValue(ref, ref.in(body.view()))));
  }

  /// The same for the answer to a request that made these changes.
  public Projection afterWriting(List<PatchOperation> operations) {
    if (type.onRequest().isEmpty()) return this;
    return afterWriting(operations.stream().map(o -> o.path().attribute()));
  }

  private Projection afterWriting(Stream<AttributeRef> attributes) {
    var written = attributes.map(ref -> folded(ref.toString())).collect(Collectors.toSet());
    return new Projection(
        type, new Names(names.only(), names.without(), written, names.narrowed()));
  }

  private static boolean hasValue(AttributeRef ref, JsonNode value) {
    if (value.isMissingNode()) return false;
    return ref.sub().filter(s -> !value.isArray() && !value.has(s.name())).isEmpty();
  }

  private static Set<String> names(ResourceType type, List<String> paths, Reading reading) {
    return paths.stream()
        .flatMap(p -> resolved(type, p.strip(), reading).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<String> resolved(ResourceType type, String path, Reading reading) {
    var found =
        reading.isTolerant()
            ? AttributePaths.resolveShort(type, path)
            : AttributePaths.resolve(type, path);
    return found.map(ref -> folded(ref.toString()));
  }

  /// Whether nothing was asked for: the whole resource is meant.
  public boolean isWhole() {
    return !names.narrowed() && names.without().isEmpty();
  }

  /// Whether a stored document can be answered as it is: the whole resource is meant, and no
  /// attribute of this type is returned never or on request only.
  public boolean isAsStored() {
    return isWhole() && type.concealed().isEmpty() && type.onRequest().isEmpty();
  }

  /// Whether a value of this attribute may be in the answer: what cannot need not be read.
  public boolean includes(String attribute) {
    return type.attribute(attribute).stream()
        .anyMatch(a -> asked(a, a.name()) || asksBelow(a, a.name()));
  }

  /// The same for an attribute of the extension with this URN.
  public boolean includes(String urn, String attribute) {
    return type.extensions().stream()
        .filter(e -> e.id().equals(urn))
        .flatMap(e -> e.attribute(attribute).stream())
        .anyMatch(a -> asked(a, urn + ":" + a.name()) || asksBelow(a, urn + ":" + a.name()));
  }

  /// A new object with what is to be returned; the given one is left alone.
  public ObjectNode apply(ObjectNode resource) {
    var answer = JsonNodeFactory.instance.objectNode();
    resource.properties().forEach(m -> member(m.getKey(), m.getValue(), answer));
    return answer;
  }

  private void member(String name, JsonNode value, ObjectNode answer) {
    var extension = type.extensions().stream().filter(e -> e.id().equals(name)).findFirst();
    if (extension.isPresent()) {
      var urn = extension.orElseThrow().id();
      var inner = members(extension.orElseThrow().attributes(), value, urn);
      if (!inner.isEmpty()) answer.set(name, inner);
      return;
    }
    var attribute = type.attribute(name);
    if (attribute.isPresent()) put(attribute.orElseThrow(), name, value, answer);
    else if (!names.narrowed()) answer.set(name, value.deepCopy());
  }

  private ObjectNode members(List<Attribute> attributes, JsonNode value, String urn) {
    var answer = JsonNodeFactory.instance.objectNode();
    for (var attribute : attributes) {
      var inner = value.get(attribute.name());
      if (inner != null) put(attribute, urn + ":" + attribute.name(), inner, answer);
    }
    return answer;
  }

  private void put(Attribute attribute, String path, JsonNode value, ObjectNode answer) {
    var asked = asked(attribute, path);
    if (!asked && !asksBelow(attribute, path)) return;
    if (attribute.subAttributes().isEmpty()) {
      answer.set(attribute.name(), value.deepCopy());
    } else if (value.isArray()) {
      var list = JsonNodeFactory.instance.arrayNode();
      value
          .valueStream()
          .map(v -> subs(attribute, path, v, asked))
          .filter(v -> !v.isEmpty())
          .forEach(list::add);
      if (!list.isEmpty()) answer.set(attribute.name(), list);
    } else {
      var object = subs(attribute, path, value, asked);
      if (!object.isEmpty()) answer.set(attribute.name(), object);
    }
  }

  /// Of an attribute that is not asked for as a whole, only the parts that are.
  private ObjectNode subs(Attribute attribute, String path, JsonNode value, boolean whole) {
    var answer = JsonNodeFactory.instance.objectNode();
    for (var sub : attribute.subAttributes()) {
      var inner = value.get(sub.name());
      var name = path + "." + sub.name();
      if (inner != null && (whole ? asked(sub, name) : isAskedAlone(sub, name))) {
        answer.set(sub.name(), inner.deepCopy());
      }
    }
    return answer;
  }

  private boolean asked(Attribute attribute, String path) {
    if (attribute.isConcealed()) return false;
    return switch (attribute.returned()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case DEFAULT -> names.narrowed() ? isNamed(names.only(), path) : !isExcluded(path);
      case REQUEST ->
          names.narrowed()
              ? isNamed(names.only(), path)
              : isNamed(names.written(), path) && !isExcluded(path);
    };
  }

  private boolean isExcluded(String path) {
    return isNamed(names.without(), path);
  }

  /// Whether some part is asked for although the attribute as a whole is not.
  private boolean asksBelow(Attribute attribute, String path) {
    return !attribute.isConcealed()
        && attribute.subAttributes().stream().anyMatch(s -> isAskedAlone(s, path + "." + s.name()));
  }

  private boolean isAskedAlone(Attribute sub, String path) {
    if (!asked(sub, path)) return false;
    return sub.returned() == Attribute.Returned.ALWAYS
        || names.only().contains(folded(path))
        || names.written().contains(folded(path));
  }

  /// Whether the path or one above it was named: the attribute of a sub-attribute, the URN of an
  /// extension.
  private static boolean isNamed(Set<String> named, String path) {
    var whole = folded(path);
    if (named.contains(whole)) return true;
    var colon = whole.lastIndexOf(':');
    var dot = whole.indexOf('.', Math.max(colon, 0));
    if (dot >= 0 && named.contains(whole.substring(0, dot))) return true;
    return colon >= 0 && named.contains(whole.substring(0, colon));
  }

  private static String folded(String path) {
    return path.toLowerCase(Locale.ROOT);
  }
}
