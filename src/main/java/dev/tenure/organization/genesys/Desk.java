package dev.tenure.organization.genesys;

import dev.tenure.http.Handler;
import dev.tenure.http.Response;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.organization.oauth.Bearer;
import dev.tenure.scim.ScimException;

/// Lets clients in to the platform calls of their organization.
final class Desk {
  private final Organizations organizations;
  private final Bearer bearer;

  Desk(Organizations organizations) {
    this.organizations = organizations;
    this.bearer = new Bearer(organizations);
  }

  /// Answers a call. Throws [ScimException] for what is answered with an error.
  @FunctionalInterface
  interface Work {
    Response answer(PlatformCall call);
  }

  Organizations organizations() {
    return organizations;
  }

  /// The work for who has the permission and the scope; only organizations of the profile `genesys`
  /// have these calls.
  Handler entering(Permission permission, Scope scope, Work work) {
    return forAll(call -> {
      call.caller().client().require(permission, scope);
      if (!call.organization().profile().isGenesys()) {
        throw new ScimException(404, null, "this organization has no platform calls");
      }
      return work.answer(call);
    });
  }

  /// The work for whoever has a valid token, of whichever organization.
  Handler forAll(Work work) {
    return request -> {
      var caller = bearer.enter(request);
      var call = new PlatformCall(request, caller, organizations);
      return Bearer.as(caller, request, () -> work.answer(call));
    };
  }
}
