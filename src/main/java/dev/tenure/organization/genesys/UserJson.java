package dev.tenure.organization.genesys;

import dev.tenure.organization.Routing.Kind;
import dev.tenure.organization.store.DirectoryStore.Entry;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Schema;
import java.util.Collection;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Users as the platform shows them. With `expand`, also `authorization` (the roles that were given
/// directly), `skills`, `languages` and `employerInfo`.
record UserJson(Naming names, Collection<String> expand) {
  private static final String USERS = "/api/v2/users";

  ObjectNode render(Entry entry) {
    var document = ScimJson.read(entry.document());
    var enterprise = document.path(Schema.ENTERPRISE);
    var userName = document.path("userName").asString("");
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", entry.id().toString()).put("name", document.path("displayName").asString(""));
    json.set("division", names.divisionReference(division(entry, names.home())));
    copy(document, "title", json);
    copy(enterprise, "department", json);
    json.put("email", userName).put("username", userName).put("state", entry.state());
    json.putArray("primaryContactInfo")
        .addObject()
        .put("address", userName)
        .put("mediaType", "EMAIL")
        .put("type", "PRIMARY");
    addresses(document, json.putArray("addresses"));
    var manager = enterprise.path("manager").path("value").asString("");
    if (!manager.isEmpty()) {
      json.putObject("manager").put("id", manager).put("selfUri", USERS + "/" + manager);
    }
    json.put("version", entry.version()).put("acdAutoAnswer", false);
    expanded(document, json);
    return json.put("selfUri", USERS + "/" + entry.id());
  }

  /// The division of a user; `home` where it has none of its own.
  static String division(Entry entry, String home) {
    var division =
        ScimJson.read(entry.document()).path(Schema.ENTERPRISE).path("division").asString("");
    return division.isEmpty() ? home : division;
  }

  /// The skills or languages of a user, each with its id.
  ArrayNode routing(JsonNode document, Kind kind, String user) {
    var all = JsonNodeFactory.instance.arrayNode();
    var collection = kind == Kind.SKILL ? "/routing/skills" : "/routing/languages";
    for (var value : document.path(Schema.GENESYS_USER).path(kind.attribute())) {
      var name = value.path("name").asString("");
      var id = names.routing(kind, name);
      var one = all.addObject().put("id", id.toString()).put("name", name);
      one.put("proficiency", value.path("proficiency").asDouble(0)).put("state", "active");
      one.put(kind == Kind.SKILL ? "skillUri" : "languageUri", "/api/v2" + collection + "/" + id);
      var own = kind.attribute().toLowerCase(Locale.ROOT);
      one.put("selfUri", USERS + "/" + user + "/" + own + "/" + id);
    }
    return all;
  }

  private void expanded(JsonNode document, ObjectNode json) {
    var user = json.path("id").asString("");
    if (expand.contains("authorization")) {
      var roles = json.putObject("authorization").putArray("roles");
      for (var role : document.path("roles")) {
        roles.add(names.roleReference(role.path("value").asString("")));
      }
    }
    if (expand.contains("skills")) json.set("skills", routing(document, Kind.SKILL, user));
    if (expand.contains("languages")) {
      json.set("languages", routing(document, Kind.LANGUAGE, user));
    }
    if (expand.contains("employerInfo")) {
      var employer = json.putObject("employerInfo");
      var number = document.path(Schema.ENTERPRISE).path("employeeNumber").asString("");
      if (!number.isEmpty()) employer.put("employeeId", number);
      var hired = document.path(Schema.ENTERPRISE).path("dateHire").asString("");
      if (!hired.isEmpty()) employer.put("dateHire", hired.split("T", 2)[0]);
    }
  }

  private static void addresses(JsonNode document, ArrayNode addresses) {
    for (var email : document.path("emails")) {
      var type = email.path("type").asString("work");
      if (!type.equalsIgnoreCase("other")) add(addresses, email, "EMAIL", type);
    }
    for (var phone : document.path("phoneNumbers")) {
      add(addresses, phone, "PHONE", phone.path("type").asString("work"));
    }
  }

  private static void add(ArrayNode addresses, JsonNode value, String media, String type) {
    addresses
        .addObject()
        .put("address", value.path("value").asString(""))
        .put("mediaType", media)
        .put("type", type.toUpperCase(Locale.ROOT));
  }

  private static void copy(JsonNode from, String name, ObjectNode to) {
    var text = from.path(name).asString("");
    if (!text.isEmpty()) to.put(name, text);
  }
}
