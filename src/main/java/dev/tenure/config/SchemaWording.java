package dev.tenure.config;

import com.networknt.schema.Error;
import dev.tenure.config.Finding.By;
import dev.tenure.config.Value.Items;
import dev.tenure.config.Value.Mapping;
import dev.tenure.config.Value.Scalar;
import dev.tenure.config.Wording.Mismatch;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Says in our words, at a place of the file, what the validator found. What is expected and how to
/// write it are `title` and `$comment` of the schema that was broken.
final class SchemaWording {
  private final JsonNode schema;
  private final Document document;

  SchemaWording(JsonNode schema, Document document) {
    this.schema = schema;
    this.document = document;
  }

  /// The value that an error is about.
  private record Spot(String path, Value value) {}

  Finding finding(Error error) {
    var spot = spot(error);
    var broken = broken(error);
    var choice = choice(error);
    if (choice != null) return shape(spot, choice);
    return switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey(spot, error.getProperty(), broken);
      case "required" -> missing(spot, error.getProperty(), broken);
      case "propertyNames" -> name(spot, error.getProperty(), broken);
      case "enum" -> notOneOf(spot, broken);
      default -> wrong(spot, broken, error);
    };
  }

  private Spot spot(Error error) {
    var way = error.getInstanceLocation();
    var path = "";
    var value = document.root();
    for (int i = 0; i < way.getNameCount(); i++) {
      var step = way.getElement(i);
      if (value instanceof Items items && step instanceof Integer index) {
        path = Paths.item(path, index);
        value = items.values().get(index);
      } else if (value instanceof Mapping mapping) {
        path = Paths.child(path, step.toString());
        value = Objects.requireNonNull(mapping.entries().get(step.toString())).value();
      }
    }
    return new Spot(path, value);
  }

  /// The schema object whose keyword was broken.
  private JsonNode broken(Error error) {
    var pointer = Objects.requireNonNull(error.getSchemaLocation().getFragment()).toString();
    return schema.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  /// The schema object with the `anyOf` or `oneOf` that the error belongs to.
  private @Nullable JsonNode choice(Error error) {
    var pointer = Objects.requireNonNull(error.getSchemaLocation().getFragment()).toString();
    int at = Math.max(pointer.indexOf("/anyOf"), pointer.indexOf("/oneOf"));
    return at < 0 ? null : schema.at(pointer.substring(0, at));
  }

  private Finding shape(Spot spot, JsonNode owner) {
    boolean one = owner.has("oneOf");
    var keys =
        owner
            .path(one ? "oneOf" : "anyOf")
            .valueStream()
            .map(branch -> branch.path("required").path(0).asString())
            .collect(Collectors.joining(", "));
    var message = spot.path + ": expected " + (one ? "exactly" : "at least") + " one of " + keys;
    var at = document.at(spot.value.place());
    var code = Code.CONFIG_REQUIRED;
    var problem = Wording.problem(code, message, at, "write one of: " + keys);
    return new Finding(spot.path, spot.value.place(), By.SHAPE, problem);
  }

  private Finding unknownKey(Spot spot, String key, JsonNode broken) {
    var place = keyPlace(spot, key);
    var allowed = List.copyOf(broken.path("properties").propertyNames());
    var problem = Wording.unknownKey(spot.path, key, document.at(place), allowed);
    return new Finding(Paths.child(spot.path, key), place, By.SCHEMA, problem);
  }

  private Finding missing(Spot spot, String key, JsonNode broken) {
    var place = spot.value.place();
    var meaning = broken.path("properties").path(key).path("description").asString("");
    var what = meaning.isEmpty() ? "" : ": " + withoutStop(meaning);
    var problem = Wording.missing(spot.path, key, document.at(place), what);
    return new Finding(Paths.child(spot.path, key), place, By.SCHEMA, problem);
  }

  private static String withoutStop(String sentence) {
    int end = sentence.indexOf(". ");
    var first = end < 0 ? sentence : sentence.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private Finding name(Spot spot, String key, JsonNode broken) {
    var place = keyPlace(spot, key);
    var name = referred(broken.path("propertyNames"));
    var path = Paths.child(spot.path, Wording.shown(key));
    var found = "the name '" + Wording.shown(key) + "'";
    var problem =
        Wording.wrong(path, document.at(place), new Mismatch(title(name), found, remedy(name)));
    return new Finding(Paths.child(spot.path, key), place, By.SCHEMA, problem);
  }

  private JsonNode referred(JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.startsWith("#") ? schema.at(reference.substring(1)) : node;
  }

  private Finding notOneOf(Spot spot, JsonNode broken) {
    var allowed = new ArrayList<String>();
    broken.path("enum").forEach(n -> allowed.add(n.asString()));
    var at = document.at(spot.value.place());
    if (spot.value instanceof Scalar s && s.kind() != Value.Kind.EMPTY) {
      return finding(spot, Wording.notOneOf(spot.path, at, s, allowed));
    }
    var expected = "one of " + String.join(", ", allowed);
    var found = Wording.found(spot.value);
    return finding(
        spot, Wording.wrong(spot.path, at, new Mismatch(expected, found, "write " + expected)));
  }

  private Finding wrong(Spot spot, JsonNode broken, Error error) {
    var at = document.at(spot.value.place());
    if (title(broken).equals(Form.SECRET.title())) {
      return finding(spot, Wording.noSecret(spot.path, at));
    }
    // where a mapping or list belongs, a text may be a misplaced secret (law 10)
    boolean structure = error.getKeyword().equals("type") && !admitsScalar(broken);
    var found = structure ? Wording.shape(spot.value) : Wording.found(spot.value);
    return finding(
        spot, Wording.wrong(spot.path, at, new Mismatch(title(broken), found, remedy(broken))));
  }

  private static boolean admitsScalar(JsonNode node) {
    var types = node.path("type");
    if (types.isString()) return !isStructure(types.asString());
    return types.valueStream().anyMatch(t -> !isStructure(t.asString()));
  }

  private static boolean isStructure(String type) {
    return type.equals("object") || type.equals("array") || type.equals("null");
  }

  private Finding finding(Spot spot, Problem problem) {
    return new Finding(spot.path, spot.value.place(), By.SCHEMA, problem);
  }

  private Place keyPlace(Spot spot, String key) {
    if (!(spot.value instanceof Mapping m)) return spot.value.place();
    var entry = m.entries().get(key);
    return entry == null ? m.place() : entry.place();
  }

  private static String title(JsonNode node) {
    return node.path("title").asString(Form.MAPPING.title());
  }

  private static String remedy(JsonNode node) {
    return node.path("$comment").asString(Form.MAPPING.remedy());
  }
}
