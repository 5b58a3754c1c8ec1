package dev.tenure.policy;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Attribute.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The JSON that a path wants: `many` an array, `element` the type of a value, `wrapped` each value
/// in an object as its `value` (RFC 7643 §2.4), whose `parts` an expression may also give as a map.
record Shape(boolean many, Type element, boolean wrapped, List<Attribute> parts) {
  /// True or false.
  static final Shape CONDITION = scalar(false, Type.BOOLEAN);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// What does not fit, in words.
  static final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    Misfit(String message) {
      super(message, null, false, false);
    }
  }

  private static Shape scalar(boolean many, Type element) {
    return new Shape(many, element, false, List.of());
  }

  /// Empty for a complex attribute that has no `value`: an expression cannot make one.
  static Optional<Shape> of(PatchPath path) {
    var leaf = path.leaf();
    // One value of a multi-valued attribute was chosen, or of each one a part: a scalar.
    boolean many = leaf.multiValued() && path.values().isEmpty();
    if (leaf.type() != Type.COMPLEX) return Optional.of(scalar(many, leaf.type()));
    return leaf.sub("value")
        .map(Attribute::type)
        .map(type -> new Shape(many, type, true, leaf.subAttributes()));
  }

  /// Whether an expression of this type can give it; a type known only at run time can.
  boolean takes(CelType type) {
    if (dynamic(type)) return true;
    if (type instanceof ListType list) {
      return many && (!list.hasElemType() || dynamic(list.elemType()) || fits(list.elemType()));
    }
    return fits(type);
  }

  private static boolean dynamic(CelType type) {
    return switch (type.kind()) {
      case DYN, ANY, NULL_TYPE, TYPE_PARAM -> true;
      default -> false;
    };
  }

  /// A single text, of which each person can have another one.
  boolean isName() {
    return !many && !wrapped && text();
  }

  private boolean fits(CelType type) {
    if (type.kind() == CelKind.MAP) return wrapped;
    return switch (element) {
      case BOOLEAN -> type.kind() == CelKind.BOOL;
      case INTEGER -> type.kind() == CelKind.INT;
      case DECIMAL -> type.kind() == CelKind.INT || type.kind() == CelKind.DOUBLE;
      case STRING, DATE_TIME, BINARY, REFERENCE, COMPLEX -> type.kind() == CelKind.STRING;
    };
  }

  /// In words: `string`, `list of string`.
  String wanted() {
    return many ? "list of " + element.wire() : element.wire();
  }

  /// The value as JSON; JSON null for an empty text or list. Blanks around texts go, empty elements
  /// and repeated ones too.
  JsonNode json(Object value) throws Misfit {
    var values = new LinkedHashSet<JsonNode>();
    for (var element : value instanceof List<?> list ? list : List.of(value)) {
      var node = element instanceof Map<?, ?> map && wrapped ? object(map) : scalar(element);
      if (!node.isNull()) values.add(node);
    }
    if (values.isEmpty()) return JSON.nullNode();
    if (!many && values.size() > 1) throw new Misfit("more than one value");
    if (!many) return wrap(values.getFirst());
    var array = JSON.arrayNode();
    new ArrayList<>(values).forEach(v -> array.add(wrap(v)));
    return array;
  }

  /// Texts of the configuration as values of this shape's type.
  List<Object> read(List<String> texts) throws Misfit {
    var values = new ArrayList<Object>();
    for (var text : texts) values.add(read(text.strip()));
    return values;
  }

  private Object read(String text) throws Misfit {
    try {
      return switch (element) {
        case BOOLEAN -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new Misfit("'" + text + "' is not true or false");
          }
          yield text.equals("true");
        }
        case INTEGER -> Long.parseLong(text);
        case DECIMAL -> Double.parseDouble(text);
        case STRING, DATE_TIME, BINARY, REFERENCE, COMPLEX -> text;
      };
    } catch (NumberFormatException e) {
      throw new Misfit("'" + text + "' is not a number");
    }
  }

  private JsonNode wrap(JsonNode value) {
    return wrapped && !value.isObject() ? JSON.objectNode().set("value", value) : value;
  }

  /// An object with the parts that the map names and gives a value.
  private JsonNode object(Map<?, ?> map) throws Misfit {
    var object = JSON.objectNode();
    for (var entry : map.entrySet()) {
      var name = String.valueOf(entry.getKey());
      var part = parts.stream().filter(p -> p.name().equalsIgnoreCase(name)).findFirst();
      if (part.isEmpty()) throw new Misfit("it has no part '" + name + "'");
      var value = scalar(false, part.get().type()).scalar(entry.getValue());
      if (!value.isNull()) object.set(part.get().name(), value);
    }
    return object.isEmpty() ? JSON.nullNode() : object;
  }

  private JsonNode scalar(Object value) throws Misfit {
    return switch (value) {
      case String s when s.isBlank() -> JSON.nullNode();
      case String s when text() -> JSON.stringNode(s.strip());
      case Boolean b when element == Type.BOOLEAN -> JSON.booleanNode(b);
      case Long l when element == Type.INTEGER || element == Type.DECIMAL -> JSON.numberNode(l);
      case Double d when element == Type.DECIMAL && Double.isFinite(d) -> JSON.numberNode(d);
      case dev.cel.common.values.NullValue _ -> JSON.nullNode();
      default ->
          throw new Misfit("a " + value.getClass().getSimpleName() + " is not a " + element.wire());
    };
  }

  private boolean text() {
    return switch (element) {
      case STRING, DATE_TIME, BINARY, REFERENCE, COMPLEX -> true;
      case BOOLEAN, INTEGER, DECIMAL -> false;
    };
  }
}
