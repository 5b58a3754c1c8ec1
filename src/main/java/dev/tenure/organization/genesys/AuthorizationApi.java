package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.Scope;
import dev.tenure.organization.store.Ids;
import dev.tenure.scim.Resource;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Roles and divisions: `/api/v2/authorization/roles` and `/api/v2/authorization/divisions`.
final class AuthorizationApi {
  private static final String ROLES = "/api/v2/authorization/roles";
  private static final String DIVISIONS = "/api/v2/authorization/divisions";
  private static final String OBJECTS = DIVISIONS + "/{divisionId}/objects/USER";
  private static final int AT_ONCE_MAX = 50;
  private final Desk desk;

  AuthorizationApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", ROLES, viewing(AuthorizationApi::roles))
        .add("GET", ROLES + "/{roleId}", viewing(AuthorizationApi::role))
        .add("GET", DIVISIONS, viewing(AuthorizationApi::divisions))
        .add("GET", DIVISIONS + "/home", viewing(AuthorizationApi::home))
        .add("GET", DIVISIONS + "/{divisionId}", viewing(AuthorizationApi::division))
        .add(
            "POST", OBJECTS, desk.entering(USER_EDIT, Scope.AUTHORIZATION, AuthorizationApi::move));
  }

  private dev.tenure.http.Handler viewing(Desk.Work work) {
    return desk.entering(SSO_VIEW, Scope.AUTHORIZATION, work);
  }

  private static Response roles(PlatformCall call) {
    var paging = Paging.of(call);
    var all = named(call, call.names().roles());
    return PlatformCall.ok(
        paging.render(
            call, all.size(), paging.some(all).stream().map(n -> role(call, n)).toList()));
  }

  /// Those that begin with the `name` of the query, in any letter case; `*` at its end is meant so.
  private static List<String> named(PlatformCall call, List<String> names) {
    var start = call.query("name").orElse("").replace("*", "").toLowerCase(Locale.ROOT);
    return names.stream().filter(n -> n.toLowerCase(Locale.ROOT).startsWith(start)).toList();
  }

  private static Response role(PlatformCall call) {
    var id = call.request().variable("roleId");
    var name = call.names().find("role", call.names().roles(), id);
    return PlatformCall.ok(role(call, name.orElseThrow(() -> PlatformCall.missing("role", id))));
  }

  private static ObjectNode role(PlatformCall call, String name) {
    var role = call.names().roleReference(name);
    role.putArray("permissions");
    role.putArray("permissionPolicies");
    return role.put("default", false).put("base", false);
  }

  private static Response divisions(PlatformCall call) {
    var paging = Paging.of(call);
    var all = named(call, call.names().divisions());
    return PlatformCall.ok(
        paging.render(
            call, all.size(), paging.some(all).stream().map(n -> division(call, n)).toList()));
  }

  private static Response home(PlatformCall call) {
    return PlatformCall.ok(division(call, call.names().home()));
  }

  private static Response division(PlatformCall call) {
    return PlatformCall.ok(division(call, inPath(call)));
  }

  private static String inPath(PlatformCall call) {
    var id = call.request().variable("divisionId");
    return call.names()
        .find("division", call.names().divisions(), id)
        .orElseThrow(() -> PlatformCall.missing("division", id));
  }

  private static ObjectNode division(PlatformCall call, String name) {
    return call.names()
        .divisionReference(name)
        .put("homeDivision", name.equals(call.names().home()));
  }

  /// Moves users, one after the other: those before one that there is not have moved.
  private static Response move(PlatformCall call) {
    call.caller().client().require(Scope.USERS);
    var division = inPath(call);
    var texts = call.texts();
    if (texts.isEmpty() || texts.size() > AT_ONCE_MAX) {
      throw PlatformCall.bad("name 1 to " + AT_ONCE_MAX + " users");
    }
    for (var text : texts) {
      UUID id = Ids.parse(text).orElseThrow(() -> PlatformCall.missing("user", text));
      call.organizations()
          .users()
          .change(call.endpoint(), id, new Precondition.None(), user -> moved(user, division));
    }
    return Response.of(204);
  }

  private static Resource moved(Resource user, String division) {
    var json = user.json();
    var enterprise =
        json.get(Schema.ENTERPRISE) instanceof ObjectNode known
            ? known
            : json.putObject(Schema.ENTERPRISE);
    enterprise.put("division", division);
    return Resource.of(json);
  }
}
