package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.ResourceType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What of a resource an answer carries (RFC 7644 §3.9, RFC 7643 §7 `returned`). Names that no
/// schema has are passed over.
public final class Projection {
  private final ResourceType type;
  private final Set<String> only;
  private final Set<String> without;
  private final boolean narrowed;

  private Projection(ResourceType type, Set<String> only, Set<String> without, boolean narrowed) {
    this.type = type;
    this.only = only;
    this.without = without;
    this.narrowed = narrowed;
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
        names(type, attributes, reading),
        names(type, excluded, reading),
        !attributes.isEmpty());
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

  /// Whether nothing was asked for: then a stored document that has nothing which is returned never
  /// or on request can be answered as it is.
  public boolean isWhole() {
    return !narrowed && without.isEmpty();
  }

  /// Whether a value of this attribute may be in the answer: what cannot need not be read.
  public boolean includes(String attribute) {
    return type.schema().attribute(attribute).or(() -> common(attribute)).stream()
        .anyMatch(a -> asked(a, a.name()) || asksBelow(a, a.name()));
  }

  private Optional<Attribute> common(String name) {
    return type.common().stream().filter(a -> a.name().equalsIgnoreCase(name)).findFirst();
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
    var attribute = type.schema().attribute(name).or(() -> common(name));
    if (attribute.isPresent()) put(attribute.orElseThrow(), name, value, answer);
    else if (!narrowed) answer.set(name, value.deepCopy());
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
          .map(v -> subs(attribute, path, v))
          .filter(v -> !v.isEmpty())
          .forEach(list::add);
      if (!list.isEmpty()) answer.set(attribute.name(), list);
    } else {
      var object = subs(attribute, path, value);
      if (!object.isEmpty()) answer.set(attribute.name(), object);
    }
  }

  private ObjectNode subs(Attribute attribute, String path, JsonNode value) {
    var answer = JsonNodeFactory.instance.objectNode();
    for (var sub : attribute.subAttributes()) {
      var inner = value.get(sub.name());
      if (inner != null && asked(sub, path + "." + sub.name())) {
        answer.set(sub.name(), inner.deepCopy());
      }
    }
    return answer;
  }

  private boolean asked(Attribute attribute, String path) {
    return switch (attribute.returned()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case DEFAULT -> narrowed ? isNamed(only, path) : !isNamed(without, path);
      case REQUEST -> narrowed && isNamed(only, path);
    };
  }

  private boolean asksBelow(Attribute attribute, String path) {
    return attribute.subAttributes().stream().anyMatch(s -> belowAsked(s, path));
  }

  private boolean belowAsked(Attribute sub, String path) {
    var name = path + "." + sub.name();
    return narrowed && asked(sub, name) && only.contains(folded(name));
  }

  /// Whether the path or one above it was named: the attribute of a sub-attribute, the URN of an
  /// extension.
  private static boolean isNamed(Set<String> names, String path) {
    var whole = folded(path);
    if (names.contains(whole)) return true;
    var colon = whole.lastIndexOf(':');
    var dot = whole.indexOf('.', Math.max(colon, 0));
    if (dot >= 0 && names.contains(whole.substring(0, dot))) return true;
    return colon >= 0 && names.contains(whole.substring(0, colon));
  }

  private static String folded(String path) {
    return path.toLowerCase(Locale.ROOT);
  }
}
