package dev.tenure.organization.genesys;

import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.organization.Endpoint;
import dev.tenure.organization.Organization;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.oauth.Bearer.Caller;
import dev.tenure.organization.store.Ids;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One platform call by a client that was let in.
record PlatformCall(Request request, Caller caller, Organizations organizations) {
  Organization organization() {
    return caller.organization();
  }

  Endpoint endpoint() {
    return new Endpoint(
        organization(), request.origin() + "/api/v2/scim/v2", caller.client().seesUsers());
  }

  Naming names() {
    return new Naming(organization());
  }

  /// The id in the path; throws 404 where it is none that was ever given out.
  UUID id(String variable) {
    var text = request.variable(variable);
    return Ids.parse(text).orElseThrow(() -> missing(variable, text));
  }

  Optional<String> query(String name) {
    return request.query().first(name).filter(text -> !text.isEmpty());
  }

  /// The values of a parameter, which stand with commas between them or in several parameters.
  List<String> list(String name) {
    return request.query().values().getOrDefault(name, List.of()).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /// The body as an object; throws 400 for anything else.
  ObjectNode object() {
    if (body() instanceof ObjectNode object) return object;
    throw bad("the body must be an object");
  }

  /// The body as a list of ids; throws 400 for anything else.
  List<String> texts() {
    var body = body();
    if (!body.isArray()) throw bad("the body must be a list of ids");
    return body.valueStream().map(v -> v.asString("")).toList();
  }

  JsonNode body() {
    return ScimJson.read(request.body());
  }

  /// The version that the body says to be the current one; throws 400 where it says none.
  static Precondition version(JsonNode body) {
    var version = body.path("version");
    if (!version.isIntegralNumber() || !version.canConvertToLong())
      throw bad("version is required: read the current one first");
    return new Precondition.Versions(List.of(version.asLong()));
  }

  /// A text of the body, if it is there and not empty.
  static Optional<String> text(JsonNode body, String name) {
    return Optional.of(body.path(name).asString("")).filter(text -> !text.isEmpty());
  }

  /// The same; throws 400 where it isn't.
  static String required(JsonNode body, String name) {
    return text(body, name).orElseThrow(() -> bad(name + " is required"));
  }

  static Response ok(JsonNode body) {
    return Answers.json(200, body);
  }

  static Response done(int status) {
    return Answers.json(status, JsonNodeFactory.instance.objectNode());
  }

  static ScimException bad(String detail) {
    return ScimException.bad(ScimType.invalidValue, detail);
  }

  static ScimException missing(String what, String id) {
    var shown = id.length() > 60 ? id.substring(0, 60) + "…" : id;
    return new ScimException(404, null, "there is no " + what + " '" + shown + "'");
  }
}
