package dev.tenure.organization.genesys;

import dev.tenure.scim.Resource;
import dev.tenure.scim.schema.Schema;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// What the body of a platform call wants of a user: `name`, `email`, `title`, `department`,
/// `manager`, `addresses`, `employerInfo.employeeId`; a `divisionId` where the user is made. Other
/// fields are passed over. What is not named stays as it is.
record UserWish(JsonNode body, Naming names) {
  private static final int DAY_CHARACTERS = 10;
  private static final List<String> STATES = List.of("active", "inactive");

  /// A user that is made of it; it is inactive unless the body says otherwise, as nobody is
  /// invited.
  Resource made() {
    PlatformCall.required(body, "name");
    PlatformCall.required(body, "email");
    var division = names.divisionOf(PlatformCall.required(body, "divisionId"));
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(Schema.USER).add(Schema.ENTERPRISE);
    var written = over(Resource.of(json)).json();
    enterprise(written).put("division", division);
    written.put("active", state("inactive").equals("active"));
    return Resource.of(written);
  }

  /// The `state` of the body; throws 400 for one that cannot be given.
  String state(String usual) {
    var state = PlatformCall.text(body, "state").orElse(usual).toLowerCase(Locale.ROOT);
    if (STATES.contains(state)) return state;
    throw PlatformCall.bad("state is one of " + String.join(", ", STATES));
  }

  /// The user as it is after the change.
  Resource over(Resource user) {
    var json = user.json();
    put(json, "displayName", body.path("name"));
    put(json, "userName", body.path("email"));
    put(json, "title", body.path("title"));
    put(enterprise(json), "department", body.path("department"));
    put(enterprise(json), "employeeNumber", body.path("employerInfo").path("employeeId"));
    put(enterprise(json), "dateHire", day(body.path("employerInfo").path("dateHire")));
    if (body.has("manager")) manager(json, body.path("manager"));
    if (body.path("addresses").isArray()) addresses(json, body.path("addresses"));
    if (enterprise(json).isEmpty()) json.remove(Schema.ENTERPRISE);
    return Resource.of(json);
  }

  /// A day; a time of day is passed over. Throws 400 for what is none.
  private static JsonNode day(JsonNode date) {
    var text = date.asString("");
    if (text.isEmpty()) return date;
    try {
      var day = text.length() > DAY_CHARACTERS ? text.substring(0, DAY_CHARACTERS) : text;
      return StringNode.valueOf(LocalDate.parse(day) + "T00:00:00Z");
    } catch (DateTimeParseException _) {
      throw PlatformCall.bad("dateHire is a day such as 2026-11-24");
    }
  }

  /// By id, or as an object with one.
  private static void manager(ObjectNode json, JsonNode manager) {
    var id = manager.isObject() ? manager.path("id").asString("") : manager.asString("");
    if (id.isEmpty()) enterprise(json).remove("manager");
    else enterprise(json).putObject("manager").put("value", id);
  }

  private static void addresses(ObjectNode json, JsonNode addresses) {
    var emails = JsonNodeFactory.instance.arrayNode();
    var phones = JsonNodeFactory.instance.arrayNode();
    for (var address : addresses) {
      var type = address.path("type").asString("WORK").toLowerCase(Locale.ROOT);
      var email = address.path("mediaType").asString("PHONE").equalsIgnoreCase("EMAIL");
      var value = PlatformCall.required(address, "address");
      (email ? emails : phones).addObject().put("value", value).put("type", type);
    }
    put(json, "emails", emails);
    put(json, "phoneNumbers", phones);
  }

  private static void put(ObjectNode json, String name, ArrayNode values) {
    if (values.isEmpty()) json.remove(name);
    else json.set(name, values);
  }

  private static void put(ObjectNode json, String name, JsonNode value) {
    if (value.isMissingNode()) return;
    var text = value.asString("");
    if (text.isEmpty()) json.remove(name);
    else json.put(name, text);
  }

  private static ObjectNode enterprise(ObjectNode json) {
    return json.get(Schema.ENTERPRISE) instanceof ObjectNode known
        ? known
        : json.putObject(Schema.ENTERPRISE);
  }
}
