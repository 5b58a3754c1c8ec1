package dev.tenure.organization.genesys;

import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The organization itself: `/api/v2/organizations/me`, and its limits by namespace.
final class OrganizationApi {
  private static final String ME = "/api/v2/organizations/me";
  private static final String NAMESPACES = "/api/v2/organizations/limits/namespaces";
  private static final String PLATFORM = "platform.api";
  private static final String RATE = "client.credentials.token.rate.per.minute";
  private static final List<String> NAMES =
      List.of("directory", "groups", PLATFORM, "scim", "users");
  private final Desk desk;

  OrganizationApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", ME, entering(OrganizationApi::me))
        .add("GET", NAMESPACES, entering(OrganizationApi::namespaces))
        .add("GET", NAMESPACES + "/{namespace}", entering(OrganizationApi::limits));
  }

  private dev.tenure.http.Handler entering(Desk.Work work) {
    return desk.entering(Permission.SSO_VIEW, Scope.USERS, work);
  }

  private static Response me(PlatformCall call) {
    var name = call.organization().id().value();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", call.names().own().toString()).put("name", name).put("state", "active");
    return PlatformCall.ok(json.put("thirdPartyOrgName", name).put("selfUri", ME));
  }

  private static Response namespaces(PlatformCall call) {
    var paging = Paging.of(call);
    var all = NAMES.stream().map(JsonNodeFactory.instance::stringNode).toList();
    return PlatformCall.ok(paging.render(call, all.size(), paging.some(all)));
  }

  /// Those of a namespace that hold here.
  private static Response limits(PlatformCall call) {
    var namespace = call.request().variable("namespace");
    if (!NAMES.contains(namespace)) throw PlatformCall.missing("namespace", namespace);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var entities = json.putArray("entities");
    if (namespace.equals(PLATFORM)) {
      var client = call.caller().client().name();
      call.organizations()
          .budgets()
          .limit(call.organization().id(), client, true)
          .ifPresent(limit ->
              entities
                  .addObject()
                  .put("key", RATE)
                  .put("namespace", namespace)
                  .put("value", limit.perMinute()));
    }
    return PlatformCall.ok(json);
  }
}
