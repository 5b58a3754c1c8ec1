package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.ResourceType;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Finds the oddities of what a client sent. It decides nothing and refuses nothing: reading is
/// done elsewhere, whatever is found here.
///
/// Of a long list only the first values are looked at, so that large groups cost nothing more.
public final class Oddities {
  private static final int LOOKED_AT = 16;
  private static final int FILTER_LOOKED_AT = 500;
  private static final Set<String> FLAGS = Set.of("aadoptscim062020", "azureadscimpatch2017");
  private static final Set<String> READ_ONLY = Set.of("id", "meta", "groups");
  private static final Set<String> WRITES = Set.of("POST", "PUT");
  private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final Pattern UUID_LOOKUP =
      Pattern.compile("(?i)(userName|displayName) eq \"" + UUID + "\"");
  private static final Pattern QUOTED_TRUTH =
      Pattern.compile("(?i)\\b(primary|active) +(eq|ne) +\"(true|false)\"");
  private static final Pattern BARE_WORD =
      Pattern.compile("(?i) (eq|ne|co|sw|ew) +(?!(true|false|null)\\b)[a-z]");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern TAIL = Pattern.compile("\\]\\.[a-zA-Z$]");

  private final ResourceType type;
  private final EnumSet<Oddity> found = EnumSet.noneOf(Oddity.class);

  private Oddities(ResourceType type) {
    this.type = type;
  }

  /// Those of a body of POST, PUT or PATCH about a resource of this type.
  public static Set<Oddity> inBody(String method, JsonNode body, ResourceType type) {
    var oddities = new Oddities(type);
    if (method.equals("PATCH")) oddities.patch(body);
    if (WRITES.contains(method)) oddities.resource(body, method.equals("POST"));
    return oddities.found;
  }

  /// Those of a query, decoded.
  public static Set<Oddity> inQuery(Map<String, List<String>> query) {
    var found = EnumSet.noneOf(Oddity.class);
    query.forEach((name, values) -> {
      if (FLAGS.contains(name.toLowerCase(Locale.ROOT))) found.add(Oddity.ENTRA_FLAG);
      if (name.equals("filter")) filter(values.getFirst(), found);
    });
    return found;
  }

  private static void filter(String whole, Set<Oddity> found) {
    var text = whole.length() > FILTER_LOOKED_AT ? whole.substring(0, FILTER_LOOKED_AT) : whole;
    if (UUID_LOOKUP.matcher(text).matches()) found.add(Oddity.UUID_LOOKUP);
    if (QUOTED_TRUTH.matcher(text).find()) found.add(Oddity.BOOLEAN_AS_TEXT_IN_FILTER);
    if (text.indexOf(']') > 0 && TAIL.matcher(text).find()) found.add(Oddity.TAIL_IN_FILTER);
    var outside = QUOTED.matcher(text).replaceAll("\"\"");
    if (BARE_WORD.matcher(outside).find()) found.add(Oddity.WORD_WITHOUT_QUOTES);
  }

  private void resource(JsonNode body, boolean created) {
    schemas(body.path("schemas"));
    for (var member : body.properties()) {
      var key = member.getKey();
      var value = member.getValue();
      if (key.equalsIgnoreCase("schemas")) continue;
      if (created && READ_ONLY.contains(key) && !value.isNull()) {
        found.add(Oddity.READ_ONLY_AT_CREATION);
      }
      if (isUrn(key) && !isNamed(body, key)) found.add(Oddity.EXTENSION_NOT_NAMED);
      value(key, value);
    }
  }

  private void schemas(JsonNode schemas) {
    if (schemas.isMissingNode()) found.add(Oddity.NO_SCHEMAS);
    first(schemas)
        .map(s -> s.asString("").toLowerCase(Locale.ROOT))
        .forEach(urn -> {
          if (urn.startsWith("urn:scim:schemas:")) found.add(Oddity.UNREGISTERED_SCHEMAS);
          if (urn.startsWith("http://schemas.microsoft.com/")) found.add(Oddity.MICROSOFT_SCHEMA);
        });
  }

  private static boolean isNamed(JsonNode body, String urn) {
    return body.path("schemas").valueStream().anyMatch(s -> urn.equalsIgnoreCase(s.asString("")));
  }

  private static boolean isUrn(String key) {
    return key.regionMatches(true, 0, "urn:", 0, 4);
  }

  private void patch(JsonNode body) {
    schemas(body.path("schemas"));
    if (body.isObject() && !body.has("Operations")) found.add(Oddity.NAMES_IN_OTHER_CASE);
    PatchRequest.member(body, "Operations", Reading.TOLERANT).stream()
        .flatMap(Oddities::first)
        .filter(JsonNode::isObject)
        .forEach(this::operation);
  }

  private void operation(JsonNode operation) {
    var op = member(operation, "op").asString("");
    var word = op.toLowerCase(Locale.ROOT);
    var path = member(operation, "path");
    var value = member(operation, "value");
    if (!op.equals(word)) found.add(Oddity.OP_IN_CAPITALS);
    if (path.isNull()) found.add(Oddity.NULL_PATH);
    var text = path.asString("");
    if (QUOTED_TRUTH.matcher(text).find()) found.add(Oddity.BOOLEAN_AS_TEXT_IN_FILTER);
    if (word.equals("remove")) {
      if (!value.isMissingNode() && !value.isNull()) found.add(Oddity.VALUE_WITH_REMOVE);
    } else if (text.isEmpty()) {
      without(value);
    } else {
      value(text, value);
    }
  }

  /// The value of an operation without a path.
  private void without(JsonNode value) {
    if (value.isArray()) found.add(Oddity.LIST_WITHOUT_PATH);
    for (var member : (value.isArray() ? value.path(0) : value).properties()) {
      var key = member.getKey();
      if (key.equalsIgnoreCase("id")) found.add(Oddity.ID_IN_VALUE);
      if (key.substring(key.lastIndexOf(':') + 1).contains(".") && !isSchema(key)) {
        found.add(Oddity.DOTTED_NAMES);
      }
      value(key, member.getValue());
    }
  }

  private boolean isSchema(String key) {
    return type.schemas().anyMatch(s -> s.id().equalsIgnoreCase(key));
  }

  private JsonNode member(JsonNode operation, String name) {
    if (operation.has(name)) return operation.get(name);
    var other = PatchRequest.member(operation, name, Reading.TOLERANT);
    if (other.isPresent()) found.add(Oddity.NAMES_IN_OTHER_CASE);
    return other.orElseGet(() -> operation.path(name));
  }

  private void value(String path, JsonNode value) {
    switch (value.getNodeType()) {
      case NULL -> found.add(Oddity.NULLS);
      case STRING -> text(path, value.stringValue());
      case NUMBER -> expect(path, Attribute.Type.STRING, Oddity.NUMBER_FOR_TEXT);
      case ARRAY -> {
        if (isManager(path)) found.add(Oddity.BARE_MANAGER);
        first(value).forEach(v -> value(path, v));
      }
      case OBJECT -> {
        var separator = isUrn(path) && isSchema(path) ? ":" : ".";
        value.properties().forEach(m -> value(path + separator + m.getKey(), m.getValue()));
      }
      case BOOLEAN, BINARY, MISSING, POJO -> {
        // As it should be.
      }
    }
  }

  private void text(String path, String text) {
    if (isManager(path)) found.add(Oddity.BARE_MANAGER);
    if (text.startsWith("{") && (path.startsWith("roles") || path.startsWith("entitlements"))) {
      found.add(Oddity.ROLE_AS_JSON);
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      expect(path, Attribute.Type.BOOLEAN, Oddity.BOOLEAN_AS_TEXT);
    }
  }

  /// Where the path names an attribute of this type, what stands there is odd.
  private void expect(String path, Attribute.Type wanted, Oddity oddity) {
    var open = path.indexOf('[');
    var close = path.lastIndexOf(']');
    var name =
        open < 0 ? path : path.substring(0, open) + path.substring(Math.max(open, close + 1));
    AttributePaths.resolveShort(type, name)
        .filter(ref -> ref.leaf().type() == wanted)
        .ifPresent(_ -> found.add(oddity));
  }

  private static boolean isManager(String path) {
    var name = path.substring(path.lastIndexOf(':') + 1);
    return name.equalsIgnoreCase("manager");
  }

  private static Stream<JsonNode> first(JsonNode list) {
    return list.valueStream().limit(LOOKED_AT);
  }
}
