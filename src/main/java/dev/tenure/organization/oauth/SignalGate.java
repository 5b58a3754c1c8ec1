package dev.tenure.organization.oauth;

import dev.tenure.http.Handler;
import dev.tenure.organization.Client;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.signal.Gate;
import dev.tenure.signal.Receiver;

/// Lets clients of organizations be receivers of signals: who may see users or groups (Security >
/// SSO > View, scopes `users` and `groups`) may be told what happens to them.
public final class SignalGate implements Gate {
  private final Bearer bearer;

  public SignalGate(Organizations organizations) {
    this.bearer = new Bearer(organizations);
  }

  @Override
  public Handler entering(Action action) {
    return Answers.guarded(request -> {
      var caller = bearer.enter(request.variable("org"), request);
      var receiver = receiver(caller.client());
      return Bearer.as(caller, request, () -> action.answer(receiver, request));
    });
  }

  private static Receiver receiver(Client client) {
    var groupsOnly =
        client.scopes().contains(Scope.GROUPS) && !client.scopes().contains(Scope.USERS);
    client.require(Permission.SSO_VIEW, groupsOnly ? Scope.GROUPS : Scope.USERS);
    return new Receiver(client.organization(), client.name());
  }
}
