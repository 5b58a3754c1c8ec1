package dev.tenure.organization.genesys;

import dev.tenure.config.Secret;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tokens: `/api/v2/tokens/me` is the one of the call, `/api/v2/tokens/{userId}` stands for all
/// sessions of a user, as does `/api/v2/apps/users/{userId}/logout`. Whether the user has some, or
/// is one at all, makes no difference to the answer.
final class TokensApi {
  private static final String ME = "/api/v2/tokens/me";
  private final Desk desk;

  TokensApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", ME, desk.forAll(TokensApi::show))
        .add("DELETE", ME, desk.forAll(TokensApi::end))
        .add("DELETE", "/api/v2/tokens/{userId}", desk.forAll(TokensApi::endAll))
        .add("DELETE", "/api/v2/apps/users/{userId}/logout", desk.forAll(TokensApi::endAll));
  }

  private static Response show(PlatformCall call) {
    var organization = call.organization().id().value();
    var client = call.caller().client();
    var json = JsonNodeFactory.instance.objectNode();
    for (var name : new String[] {"organization", "homeOrganization"}) {
      json.putObject(name).put("id", call.names().own().toString()).put("name", organization);
    }
    var scopes = json.putArray("authorizedScope");
    client.scopes().stream().map(Scope::wire).sorted().forEach(scopes::add);
    json.putObject("OAuthClient")
        .put("id", organization + "." + client.name())
        .put("name", client.name());
    return PlatformCall.ok(json);
  }

  private static Response end(PlatformCall call) {
    var field = call.request().header("Authorization").orElse("");
    var token = new Secret(field.substring(field.indexOf(' ') + 1).strip());
    call.organizations().credentials().revoke(call.organization().id(), token);
    return Response.of(204);
  }

  private static Response endAll(PlatformCall call) {
    call.caller().client().require(Permission.USER_EDIT, Scope.USERS);
    call.organizations().sessions().revokeAll(call.organization().id(), call.id("userId"));
    return Response.of(204);
  }
}
