package dev.tenure.admin;

import dev.tenure.deliver.PlanNumber;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Flows;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Organizations;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a request asks for beyond its path. What is not known is refused, not passed over: a name
/// that is mistyped must not do something else than was meant.
final class Wanted {
  private static final int BODY_BYTES_MAX = 64 << 10;

  private static final int CONFIGURATION_BYTES_MAX = 1 << 20;

  private static final int WORDS_MAX = 400;

  private Wanted() {}

  /// The body, an object with these fields at most; an empty body is an empty object. Throws
  /// [HttpFailure] 400, 413 for more than 64 KiB, 415 for what does not say that it is JSON.
  static JsonNode body(Request request, Set<String> fields) {
    var bytes = request.body(BODY_BYTES_MAX);
    if (bytes.length == 0) return JsonNodeFactory.instance.objectNode();
    if (!isJson(request)) throw new HttpFailure(415, "a body has the type application/json");
    var body = parsed(bytes);
    if (!body.isObject()) throw new HttpFailure(400, "the body is not a JSON object");
    requireKnown(body.propertyNames(), fields, "the field");
    return body;
  }

  private static boolean isJson(Request request) {
    var type = type(request);
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static String type(Request request) {
    var type = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
    return type.toLowerCase(Locale.ROOT);
  }

  /// The body as a part of a configuration: YAML (RFC 9512), which all JSON is. Throws
  /// [HttpFailure] 400, 413 for more than 1 MiB, 415 for what does not say that it is one of them.
  static String configuration(Request request) {
    var bytes = request.body(CONFIGURATION_BYTES_MAX);
    if (!isJson(request) && !type(request).equals("application/yaml")) {
      throw new HttpFailure(415, "a body has the type application/yaml or application/json");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new HttpFailure(400, "the body is not UTF-8");
    }
  }

  private static JsonNode parsed(byte[] bytes) {
    try {
      return ScimJson.read(bytes);
    } catch (ScimException e) {
      throw new HttpFailure(400, e.detail());
    }
  }

  /// Throws [HttpFailure] 400 where the query has another name than these.
  static void query(Request request, Set<String> names) {
    requireKnown(request.query().values().keySet(), names, "the parameter");
  }

  static void requireKnown(Iterable<String> given, Set<String> known, String what) {
    for (var name : given) {
      if (known.contains(name)) continue;
      var possible = known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList());
      throw new HttpFailure(400, what + " is unknown: " + name + "; possible: " + possible);
    }
  }

  /// The flow that the path names. Throws [HttpFailure] 404.
  static Flow flow(Request request, Flows flows) {
    return flow(request.variable("flow"), flows);
  }

  /// The flow of this name. Throws [HttpFailure] 404.
  static Flow flow(String name, Flows flows) {
    return flows.all().stream()
        .filter(flow -> flow.id().value().equals(name))
        .findFirst()
        .orElseThrow(() -> new HttpFailure(404, "there is no flow of this name"));
  }

  /// The number of a plan that the path names. Throws [HttpFailure] 400.
  static PlanNumber plan(Request request) {
    return new PlanNumber(number(request.variable("plan"), "plan", Long.MAX_VALUE));
  }

  /// The organization that the path names. Throws [HttpFailure] 404.
  static OrganizationId organization(Request request, Organizations organizations) {
    return organization(request.variable("organization"), organizations);
  }

  /// The organization of this name. Throws [HttpFailure] 404.
  static OrganizationId organization(String name, Organizations organizations) {
    return organizations.all().stream()
        .filter(id -> id.value().equals(name))
        .findFirst()
        .orElseThrow(() -> new HttpFailure(404, "there is no organization of this name"));
  }

  /// A name in the path. Throws [HttpFailure] 400 for what cannot be kept, such as NUL.
  static String variable(Request request, String name) {
    var value = request.variable(name);
    if (ScimJson.isStorable(value)) return value;
    throw new HttpFailure(400, name + " has a character that no name has");
  }

  /// A name in the path that something is to have from now on. Throws [HttpFailure] 400 for what is
  /// blank or has more than 400 characters, too.
  static String name(Request request, String name) {
    var value = variable(request, name);
    if (!value.isBlank() && value.length() <= WORDS_MAX) return value;
    throw new HttpFailure(400, name + " has 1 to " + WORDS_MAX + " characters");
  }

  /// An id in the query. Throws [HttpFailure] 400 for what is none.
  static Optional<UUID> uuid(Request request, String name) {
    return words(request, name)
        .map(text ->
            uuid(text)
                .orElseThrow(() -> new HttpFailure(400, name + " is an id as answers have it")));
  }

  /// The id that is written so; absent where it is none.
  static Optional<UUID> uuid(String text) {
    try {
      var id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// A time in the query, or a day, which is its first moment (UTC).
  static Optional<Instant> time(Request request, String name) {
    return request.query().first(name).map(text -> time(text, name));
  }

  /// The same of a text; from the year 1 to 9999, so that the database can hold it.
  static Instant time(String text, String name) {
    try {
      if (text.matches("(?!0000)[0-9]{4}-.*")) {
        return text.contains("T")
            ? Instant.parse(text)
            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
    } catch (DateTimeParseException _) {
      // said below
    }
    throw new HttpFailure(400, name + " is a time such as 2026-11-24T08:00:00Z, or a day");
  }

  /// A text of at most `charactersMax`; empty where it is absent.
  static String text(JsonNode body, String field, int charactersMax) {
    var node = body.path(field);
    if (node.isMissingNode()) return "";
    if (node.isString()
        && node.stringValue().length() <= charactersMax
        && ScimJson.isStorable(node.stringValue())) {
      return node.stringValue();
    }
    throw new HttpFailure(
        400, field + " is a text of at most " + charactersMax + " characters, without NUL");
  }

  /// Texts in a list; empty where it is absent. Throws [HttpFailure] 400.
  static List<String> texts(JsonNode body, String field) {
    var node = body.path(field);
    if (node.isMissingNode()) return List.of();
    var texts = node.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    if (node.isArray() && texts.size() == node.size()) return texts;
    throw new HttpFailure(400, field + " is a list of texts");
  }

  /// True or false; false where it is absent.
  static boolean flag(JsonNode body, String field) {
    var node = body.path(field);
    if (node.isMissingNode()) return false;
    if (node.isBoolean()) return node.booleanValue();
    throw new HttpFailure(400, field + " is true or false");
  }

  /// Words in the query, of at most 400 characters; absent where they are blank. Throws
  /// [HttpFailure] 400.
  static Optional<String> words(Request request, String name) {
    var text = request.query().first(name).filter(t -> !t.isBlank());
    if (text.filter(t -> t.length() > WORDS_MAX || !ScimJson.isStorable(t)).isPresent()) {
      throw new HttpFailure(400, name + " has at most " + WORDS_MAX + " characters, without NUL");
    }
    return text;
  }

  /// A whole number from 1 to `most` in the query; `usual` where it is absent.
  static long number(Request request, String name, long usual, long most) {
    var text = request.query().first(name);
    return text.isEmpty() ? usual : number(text.get(), name, most);
  }

  /// A whole number from 1 to `most`; `name` is what the client calls it.
  static long number(String text, String name, long most) {
    try {
      var number = Long.parseLong(text);
      if (text.matches("[0-9]+") && number >= 1 && number <= most) return number;
    } catch (NumberFormatException _) {
      // said below
    }
    throw new HttpFailure(400, name + " is a whole number from 1 to " + most);
  }
}
