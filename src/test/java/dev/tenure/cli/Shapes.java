package dev.tenure.cli;

import dev.tenure.scim.ScimJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The documented shapes of what commands print as JSON: a name with `?` may be missing, `*` is any
/// other name, a word with a capital is another shape.
public final class Shapes {
  private final JsonNode all;

  public Shapes() {
    try (var in = Shapes.class.getResourceAsStream("shapes.json")) {
      if (in == null) throw new IllegalStateException("shapes.json is missing");
      all = ScimJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The shapes that others refer to.
  JsonNode named() {
    return all.path("shapes");
  }

  /// The shape of a command's answer; missing where it has none.
  public JsonNode of(String command) {
    return all.path("commands").path(command);
  }

  /// Where the answer is not as documented.
  public List<String> mistakes(String command, JsonNode answer) {
    var mistakes = new ArrayList<String>();
    check(of(command), answer, command, mistakes);
    return mistakes;
  }

  private void check(JsonNode shape, JsonNode node, String place, List<String> mistakes) {
    if (shape.isObject() && node.isObject()) {
      checkObject(shape, node, place, mistakes);
    } else if (shape.isArray() && node.isArray()) {
      node.forEach(one -> check(shape.get(0), one, place + "[]", mistakes));
    } else if (named().has(shape.asString(""))) {
      check(named().path(shape.asString()), node, place, mistakes);
    } else if (!isOf(shape.asString(""), node)) {
      mistakes.add(place + " is not " + shape + ": " + node);
    }
  }

  private void checkObject(JsonNode shape, JsonNode node, String place, List<String> mistakes) {
    var missing = new TreeSet<String>();
    shape.propertyNames().stream()
        .filter(n -> !n.endsWith("?") && !n.equals("*"))
        .forEach(missing::add);
    for (var field : node.properties()) {
      missing.remove(field.getKey());
      var name = field.getKey();
      var known = List.of(name, name + "?", "*").stream().filter(shape::has).findFirst().orElse("");
      if (known.isEmpty()) mistakes.add(place + "." + name + " is not documented");
      else check(shape.path(known), field.getValue(), place + "." + name, mistakes);
    }
    missing.forEach(name -> mistakes.add(place + "." + name + " is missing"));
  }

  private static boolean isOf(String word, JsonNode node) {
    return switch (word) {
      case "any" -> true;
      case "string" -> node.isString();
      case "number" -> node.isNumber();
      case "boolean" -> node.isBoolean();
      case "time" -> node.isString() && isTime(node.asString());
      default -> false;
    };
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text).isBefore(Instant.MAX);
    } catch (DateTimeParseException _) {
      return false;
    }
  }
}
