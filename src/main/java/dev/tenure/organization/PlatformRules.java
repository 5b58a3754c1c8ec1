package dev.tenure.organization;

import dev.tenure.organization.Routing.Kind;
import dev.tenure.organization.store.Claims;
import dev.tenure.organization.store.Claims.Claim;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What Genesys Cloud makes of a user, whatever was sent.
///
/// The email of the type `other` is the userName, always; another one is of the type `work`. The
/// externalId stands among the `externalIds` under the authority of SCIM. Skills and languages
/// exist, are at most 50, and have a proficiency of 0 to 5.
final class PlatformRules {
  /// The authority under which the externalId stands.
  static final String AUTHORITY = "x-pc:scimv2:v1";

  private static final int NAMES_MAX = 50;
  private static final double PROFICIENCY_MAX = 5;
  private static final String EXTERNAL_IDS = Schema.GENESYS_USER + ":externalIds";
  private static final List<String> EMAILS = List.of("work", "other");
  private final Organization organization;
  private final ObjectNode json;

  private PlatformRules(Organization organization, ObjectNode json) {
    this.organization = organization;
    this.json = json;
  }

  /// Changes the tree. Throws 400 `invalidValue` where it breaks a rule.
  static void apply(Organization organization, ObjectNode json) {
    var rules = new PlatformRules(organization, json);
    rules.emails();
    rules.externalIds();
    for (var kind : Kind.values()) rules.names(kind);
  }

  /// An authority gives an id to one user only.
  static Claims claims(Claims others, JsonNode json) {
    var all = new ArrayList<>(others.all());
    externalIds(json)
        .filter(id -> !isOfScim(id))
        .map(id -> new Claim(EXTERNAL_IDS, text(id, "authority") + "\n" + text(id, "value")))
        .distinct()
        .sorted(java.util.Comparator.comparing(Claim::key))
        .forEach(all::add);
    return new Claims(true, all);
  }

  private void emails() {
    var userName = json.path("userName").asString("");
    if (userName.isEmpty()) return;
    var emails = JsonNodeFactory.instance.arrayNode();
    for (var email : json.path("emails")) {
      var type = text(email, "type").toLowerCase(Locale.ROOT);
      if (!type.isEmpty() && !EMAILS.contains(type)) {
        throw bad("an email is of the type work or other, not '" + type + "'");
      }
      if (!type.equals("other")) emails.add(email);
    }
    emails.addObject().put("value", userName).put("type", "other");
    json.set("emails", emails);
  }

  private void externalIds() {
    var external = json.path("externalId").asString("");
    var kept = externalIds(json).filter(id -> !isOfScim(id)).toList();
    if (external.isEmpty() && kept.isEmpty()) {
      if (json.get(Schema.GENESYS_USER) instanceof ObjectNode known) known.remove("externalIds");
      return;
    }
    var ids = JsonNodeFactory.instance.arrayNode();
    if (!external.isEmpty()) ids.addObject().put("authority", AUTHORITY).put("value", external);
    kept.forEach(ids::add);
    put("externalIds", ids);
  }

  /// The extension is listed in `schemas` as soon as it has something.
  private void put(String attribute, ArrayNode values) {
    if (json.get(Schema.GENESYS_USER) instanceof ObjectNode known) {
      known.set(attribute, values);
      return;
    }
    json.putObject(Schema.GENESYS_USER).set(attribute, values);
    var listed = json.path("schemas").valueStream().anyMatch(s -> isExtension(s));
    if (!listed && json.get("schemas") instanceof ArrayNode schemas) {
      schemas.add(Schema.GENESYS_USER);
    }
  }

  private static boolean isExtension(JsonNode schema) {
    return schema.asString("").equals(Schema.GENESYS_USER);
  }

  private void names(Kind kind) {
    var values = json.path(Schema.GENESYS_USER).path(kind.attribute());
    if (values.size() > NAMES_MAX) {
      throw bad("a user has at most " + NAMES_MAX + " " + kind.attribute());
    }
    for (var value : values) {
      var name = text(value, "name");
      if (!kind.names(organization).contains(name)) {
        throw bad("this organization has none of the " + kind.attribute() + " '" + name + "'");
      }
      var proficiency = value.path("proficiency").asDouble(0);
      if (proficiency < 0 || proficiency > PROFICIENCY_MAX) {
        throw bad("a proficiency is from 0.0 to 5.0, not " + proficiency);
      }
    }
  }

  private static Stream<JsonNode> externalIds(JsonNode json) {
    return json.path(Schema.GENESYS_USER).path("externalIds").valueStream();
  }

  private static boolean isOfScim(JsonNode id) {
    return text(id, "authority").startsWith(AUTHORITY);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private static ScimException bad(String detail) {
    return ScimException.bad(ScimType.invalidValue, detail);
  }
}
