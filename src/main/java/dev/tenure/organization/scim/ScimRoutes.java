package dev.tenure.organization.scim;

import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Endpoint;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.oauth.Bearer;

/// `/{org}/scim/v2/…`.
public final class ScimRoutes {
  private final Bearer bearer;
  private final ScimService service;

  public ScimRoutes(Organizations organizations) {
    this.bearer = new Bearer(organizations);
    this.service = new ScimService(organizations);
  }

  public Routes routes() {
    return new Routes().any("/{org}/scim/v2/{rest...}", Answers.guarded(this::answer));
  }

  private Response answer(Request request) {
    var name = request.variable("org");
    var caller = bearer.enter(name, request);
    var base = request.origin() + "/" + name + "/scim/v2";
    var endpoint = new Endpoint(caller.organization(), base, caller.client().seesUsers());
    var call = new Call(request, caller.client(), endpoint, request.variable("rest"));
    return Bearer.as(caller, request, () -> service.answer(call));
  }
}
