package dev.tenure.organization.genesys;

import dev.tenure.http.Handler;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Endpoint;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.oauth.Bearer;
import dev.tenure.organization.scim.Call;
import dev.tenure.organization.scim.ScimService;
import dev.tenure.organization.store.Ids;
import dev.tenure.scim.ScimException;

/// The Genesys Cloud forms of the endpoints.
public final class GenesysRoutes {
  private static final String V2 = "/api/v2/scim/v2";
  private static final String PLAIN = "/api/v2/scim";
  private final Organizations organizations;
  private final Bearer bearer;
  private final ScimService service;

  public GenesysRoutes(Organizations organizations) {
    this.organizations = organizations;
    this.bearer = new Bearer(organizations);
    this.service = new ScimService(organizations);
  }

  public Routes routes() {
    return new Routes()
        .any(V2 + "/{rest...}", scim(V2))
        .any(PLAIN + "/{rest...}", scim(PLAIN))
        .add("DELETE", "/api/v2/tokens/{user}", Answers.guarded(this::revokeTokens));
  }

  private Handler scim(String prefix) {
    return Answers.guarded(request -> {
      var caller = bearer.enter(request);
      var endpoint =
          new Endpoint(
              caller.organization(), request.origin() + prefix, caller.client().seesUsers());
      var call = new Call(request, caller.client(), endpoint, request.variable("rest"));
      return Bearer.as(caller, request, () -> service.answer(call));
    });
  }

  /// Ends all sessions of a user; one without any is fine.
  private Response revokeTokens(Request request) {
    var caller = bearer.enter(request);
    caller.client().require(Permission.USER_EDIT, Scope.USERS);
    var user =
        Ids.parse(request.variable("user"))
            .orElseThrow(() -> new ScimException(404, null, "there is no such user"));
    Bearer.as(
        caller,
        request,
        () -> organizations.sessions().revokeAll(caller.organization().id(), user));
    return Response.of(204);
  }
}
