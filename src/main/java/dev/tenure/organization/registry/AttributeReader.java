package dev.tenure.organization.registry;

import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads the attributes of a schema into the form of `/Schemas` (RFC 7643 §7). What is left out has
/// the default of RFC 7643 §2.2, with two exceptions that leave no choice: what can only be written
/// is never returned, and references and binaries are compared exactly.
final class AttributeReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> EXACT = Set.of("binary", "reference");
  private static final Set<String> OF_EACH = Set.of("schemas", "id", "externalid", "meta");
  private static final Set<String> COUNTLESS = Set.of("complex", "boolean");

  private AttributeReader() {}

  /// The attributes below this key; all that is wrong with them is noted.
  static ArrayNode read(Section holder, String key) {
    var attributes = JSON.arrayNode();
    var seen = new HashSet<String>();
    holder
        .sections(key)
        .forEach((name, section) -> {
          var folded = name.toLowerCase(Locale.ROOT);
          if (!seen.add(folded)) {
            wrong(section, "", "'" + name + "' is there in another letter case", "keep one");
          } else {
            attributes.add(attribute(name, section, key.equals("subAttributes")));
          }
          if (key.equals("attributes") && OF_EACH.contains(folded)) {
            wrong(section, "", "each resource has '" + name + "' anyway", "choose another name");
          }
        });
    return attributes;
  }

  private static ObjectNode attribute(String name, Section section, boolean isSub) {
    var node = JSON.objectNode();
    node.put("name", name).put("type", section.text("type", "string"));
    node.put("multiValued", section.flag("multiValued", false));
    node.put("description", section.text("description", name));
    node.put("required", section.flag("required", false));
    node.put("caseExact", section.flag("caseExact", EXACT.contains(text(node, "type"))));
    node.put("mutability", section.text("mutability", "readWrite"));
    var returned = text(node, "mutability").equals("writeOnly") ? "never" : "default";
    node.put("returned", section.text("returned", returned));
    node.put("uniqueness", section.text("uniqueness", "none"));
    put(node, "canonicalValues", section.texts("canonicalValues"));
    put(node, "referenceTypes", references(node, section));
    if (section.has("subAttributes")) {
      node.set("subAttributes", read(section, "subAttributes"));
    }
    checkType(node, section, isSub);
    checkRules(node, section);
    return node;
  }

  private static List<String> references(ObjectNode node, Section section) {
    var types = section.texts("referenceTypes");
    return types.isEmpty() && text(node, "type").equals("reference") ? List.of("uri") : types;
  }

  private static void put(ObjectNode node, String name, List<String> values) {
    if (values.isEmpty()) return;
    var array = node.putArray(name);
    values.forEach(array::add);
  }

  /// What one type has and another has not.
  private static void checkType(ObjectNode node, Section section, boolean isSub) {
    var type = text(node, "type");
    var complex = type.equals("complex");
    if (complex && isSub) {
      wrong(section, "type", "a sub-attribute cannot be complex", "give it a simple type");
    } else if (complex && node.path("subAttributes").isEmpty()) {
      wrong(section, "type", "a complex attribute has parts", "add subAttributes");
    }
    if (!complex && section.has("subAttributes")) {
      wrong(section, "subAttributes", "only a complex attribute has parts", "write type: complex");
    }
    if (!type.equals("reference") && section.has("referenceTypes")) {
      wrong(section, "referenceTypes", "this is no reference", "write type: reference");
    }
    if (!type.equals("string") && section.has("canonicalValues")) {
      wrong(section, "canonicalValues", "only a string has canonical values", "remove them");
    }
    if (EXACT.contains(type) && !node.path("caseExact").booleanValue()) {
      wrong(section, "caseExact", "a " + type + " is always compared exactly", "remove it");
    }
  }

  /// What cannot hold together.
  private static void checkRules(ObjectNode node, Section section) {
    var mutability = text(node, "mutability");
    var concealed = mutability.equals("writeOnly") || text(node, "returned").equals("never");
    if (mutability.equals("writeOnly") && !text(node, "returned").equals("never")) {
      wrong(section, "returned", "what can only be written is never returned", "remove it");
    }
    if (mutability.equals("readOnly") && node.path("required").booleanValue()) {
      wrong(section, "required", "nobody can give what is readOnly", "remove it");
    }
    if (text(node, "uniqueness").equals("none")) return;
    if (COUNTLESS.contains(text(node, "type"))) {
      wrong(section, "uniqueness", "a " + text(node, "type") + " cannot be unique", "remove it");
    } else if (concealed) {
      wrong(
          section,
          "uniqueness",
          "what is never returned is not kept, and so cannot be unique",
          "remove it");
    }
  }

  private static String text(ObjectNode node, String name) {
    return node.path(name).asString("");
  }

  private static void wrong(Section section, String key, String message, String remedy) {
    var path = key.isEmpty() ? section.path() : section.path() + "." + key;
    section.problem(key, Code.CONFIG_VALUE, path + ": " + message, remedy);
  }
}
