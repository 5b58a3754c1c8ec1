package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Handler;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.Routing.Kind;
import dev.tenure.organization.Scope;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Skills and languages of users: `/api/v2/users/{id}/routingskills`, `…/routinglanguages`. A body
/// of `bulk` is a list of at most 50 objects with `id` and `proficiency`: PUT says all of them,
/// PATCH adds to them.
final class UserRoutingApi {
  private static final int AT_ONCE_MAX = 50;
  private final Desk desk;

  UserRoutingApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    var routes = new Routes();
    for (var kind : Kind.values()) {
      var path = "/api/v2/users/{userId}/" + kind.attribute().toLowerCase(Locale.ROOT);
      routes
          .add("GET", path, desk.entering(SSO_VIEW, Scope.USERS, call -> list(call, kind)))
          .add("POST", path, changing(call -> add(call, kind)))
          .add("PUT", path + "/bulk", changing(call -> replace(call, kind)))
          .add("PATCH", path + "/bulk", changing(call -> addAll(call, kind)))
          .add("DELETE", path + "/{id}", changing(call -> remove(call, kind)));
    }
    return routes;
  }

  private Handler changing(Desk.Work work) {
    return desk.entering(USER_EDIT, Scope.USERS, work);
  }

  private static Response list(PlatformCall call, Kind kind) {
    var all = shown(call, kind);
    var paging = Paging.of(call);
    var some = paging.some(all.valueStream().toList());
    return PlatformCall.ok(paging.render(call, all.size(), some));
  }

  private static Response add(PlatformCall call, Kind kind) {
    var body = call.object();
    var wanted = new LinkedHashMap<String, Double>();
    put(call, kind, body, wanted);
    change(call, kind, before -> union(before, wanted));
    var id = PlatformCall.required(body, "id");
    return PlatformCall.ok(
        shown(call, kind)
            .valueStream()
            .filter(one -> one.path("id").asString("").equals(id))
            .findFirst()
            .orElseThrow());
  }

  private static Response replace(PlatformCall call, Kind kind) {
    var wanted = wanted(call, kind);
    change(call, kind, _ -> wanted);
    return whole(call, kind);
  }

  private static Response addAll(PlatformCall call, Kind kind) {
    var wanted = wanted(call, kind);
    change(call, kind, before -> union(before, wanted));
    return whole(call, kind);
  }

  private static Response remove(PlatformCall call, Kind kind) {
    var name = call.names().routingOf(kind, call.request().variable("id"));
    change(
        call,
        kind,
        before -> {
          var rest = new LinkedHashMap<>(before);
          rest.remove(name);
          return rest;
        });
    return Response.of(204);
  }

  private static Response whole(PlatformCall call, Kind kind) {
    var all = shown(call, kind).valueStream().toList();
    return PlatformCall.ok(new Paging(1, AT_ONCE_MAX).counted(all.size(), all));
  }

  private static ArrayNode shown(PlatformCall call, Kind kind) {
    var entry = UsersApi.present(call);
    var json = new UserJson(call.names(), java.util.List.of());
    return json.routing(ScimJson.read(entry.document()), kind, entry.id().toString());
  }

  private static Map<String, Double> wanted(PlatformCall call, Kind kind) {
    var body = call.body();
    if (!body.isArray() || body.size() > AT_ONCE_MAX) {
      throw PlatformCall.bad("the body must be a list of at most " + AT_ONCE_MAX);
    }
    var wanted = new LinkedHashMap<String, Double>();
    for (var one : body) put(call, kind, one, wanted);
    return wanted;
  }

  private static void put(PlatformCall call, Kind kind, JsonNode one, Map<String, Double> wanted) {
    var name = call.names().routingOf(kind, PlatformCall.required(one, "id"));
    var proficiency = one.path("proficiency");
    if (!proficiency.isNumber()) throw PlatformCall.bad("proficiency is a number from 0 to 5");
    wanted.put(name, proficiency.asDouble());
  }

  private static Map<String, Double> union(Map<String, Double> before, Map<String, Double> more) {
    var all = new LinkedHashMap<>(before);
    all.putAll(more);
    return all;
  }

  private static void change(
      PlatformCall call, Kind kind, UnaryOperator<Map<String, Double>> change) {
    call.organizations()
        .users()
        .change(
            call.endpoint(),
            UsersApi.present(call).id(),
            new Precondition.None(),
            user -> changed(user, kind, change));
  }

  private static Resource changed(
      Resource user, Kind kind, UnaryOperator<Map<String, Double>> change) {
    var json = user.json();
    var extension =
        json.get(Schema.GENESYS_USER) instanceof ObjectNode known
            ? known
            : json.putObject(Schema.GENESYS_USER);
    var before = new LinkedHashMap<String, Double>();
    for (var value : extension.path(kind.attribute())) {
      before.put(value.path("name").asString(""), value.path("proficiency").asDouble(0));
    }
    var after = change.apply(before);
    if (after.equals(before)) return user;
    var values = extension.putArray(kind.attribute());
    after.forEach((name, proficiency) ->
        values.addObject().put("name", name).put("proficiency", proficiency));
    if (values.isEmpty()) extension.remove(kind.attribute());
    if (extension.isEmpty()) json.remove(Schema.GENESYS_USER);
    return Resource.of(json);
  }
}
