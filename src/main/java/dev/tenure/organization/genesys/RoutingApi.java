package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Routing.Kind;
import dev.tenure.organization.Scope;
import dev.tenure.organization.oauth.Answers;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Skills and languages of an organization: `/api/v2/routing/skills`, `/api/v2/routing/languages`.
final class RoutingApi {
  private static final int CHARACTERS_MAX = 200;
  private final Desk desk;

  RoutingApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    var routes = new Routes();
    for (var kind : Kind.values()) {
      var path = path(kind);
      routes
          .add("GET", path, desk.entering(SSO_VIEW, Scope.USERS, call -> list(call, kind)))
          .add("POST", path, desk.entering(USER_EDIT, Scope.USERS, call -> add(call, kind)))
          .add(
              "GET", path + "/{id}", desk.entering(SSO_VIEW, Scope.USERS, call -> get(call, kind)));
    }
    return routes;
  }

  static String path(Kind kind) {
    return "/api/v2/routing/" + (kind == Kind.SKILL ? "skills" : "languages");
  }

  /// Those that begin with the `name` of the query.
  private static Response list(PlatformCall call, Kind kind) {
    var paging = Paging.of(call);
    var start = call.query("name").orElse("").toLowerCase(Locale.ROOT);
    var all =
        kind.names(call.organization()).stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(start))
            .toList();
    return PlatformCall.ok(
        paging.render(
            call, all.size(), paging.some(all).stream().map(n -> shown(call, kind, n)).toList()));
  }

  private static Response get(PlatformCall call, Kind kind) {
    var id = call.request().variable("id");
    var name = call.names().find(kind.attribute(), kind.names(call.organization()), id);
    return PlatformCall.ok(
        shown(call, kind, name.orElseThrow(() -> PlatformCall.missing(kind.attribute(), id))));
  }

  private static Response add(PlatformCall call, Kind kind) {
    var name = PlatformCall.required(call.object(), "name");
    if (name.length() > CHARACTERS_MAX) throw PlatformCall.bad("the name is too long");
    if (!call.organizations().routing().add(call.organization().id(), kind, name)) {
      throw new dev.tenure.scim.ScimException(409, null, "there is '" + name + "' already");
    }
    return Answers.json(201, shown(call, kind, name));
  }

  private static ObjectNode shown(PlatformCall call, Kind kind, String name) {
    return Naming.reference(call.names().routing(kind, name), name, path(kind))
        .put("state", "active");
  }
}
