package dev.tenure.organization.oauth;

import dev.tenure.config.Secret;
import dev.tenure.http.Handler;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.organization.Sessions.Session;
import dev.tenure.organization.oauth.Bearer.Caller;
import dev.tenure.organization.store.Ids;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Sessions of users in applications, for these applications:
///
/// - `POST /{org}/sessions` `{"user": ID, "application": NAME, "seconds": N}` begins one: 201
///   `{"id", "token", "expires"}`; 409 for a user who is not active
/// - `POST /{org}/introspect` `token=…` says whether it lives (RFC 7662 §2), and what its user has:
///   `division`, `roles` `[{"value", "division"}]`, those by groups included
/// - `GET /{org}/sessions?user=ID` lists the live ones of a user
/// - `DELETE /{org}/sessions/{id}` and `DELETE /{org}/sessions?user=ID` end one, or all of a user
public final class SessionRoutes {
  private static final Duration LIFE = Duration.ofHours(8);
  private static final Duration LIFE_MAX = Duration.ofDays(30);
  private final Organizations organizations;
  private final Bearer bearer;

  public SessionRoutes(Organizations organizations) {
    this.organizations = organizations;
    this.bearer = new Bearer(organizations);
  }

  public Routes routes() {
    return new Routes()
        .add("POST", "/{org}/sessions", entering(Permission.SSO_ADD, this::begin))
        .add("GET", "/{org}/sessions", entering(Permission.SSO_VIEW, this::list))
        .add("DELETE", "/{org}/sessions", entering(Permission.USER_EDIT, this::endAll))
        .add("DELETE", "/{org}/sessions/{id}", entering(Permission.USER_EDIT, this::end))
        .add("POST", "/{org}/introspect", entering(Permission.SSO_VIEW, this::introspect));
  }

  private interface Action {
    Response answer(Caller caller, Request request);
  }

  private Handler entering(Permission permission, Action action) {
    return Answers.guarded(request -> {
      var caller = bearer.enter(request.variable("org"), request);
      caller.client().require(permission, Scope.USERS);
      return Bearer.as(caller, request, () -> action.answer(caller, request));
    });
  }

  private Response begin(Caller caller, Request request) {
    var body = ScimJson.read(request.body());
    var user = id(body.path("user").asString(""));
    var begun =
        organizations
            .sessions()
            .register(
                caller.organization().id(),
                user,
                body.path("application").asString(caller.client().name()),
                life(body.path("seconds")))
            .orElseThrow(() -> new ScimException(409, null, "there is no active user " + user));
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("id", begun.id().toString()).put("token", begun.token().reveal());
    return Answers.json(201, answer.put("expires", begun.expires().toString()));
  }

  private Response list(Caller caller, Request request) {
    var answer = JsonNodeFactory.instance.objectNode();
    var all = answer.putArray("sessions");
    organizations
        .sessions()
        .list(caller.organization().id(), user(request))
        .forEach(session -> all.add(render(session)));
    return Answers.json(200, answer);
  }

  private Response endAll(Caller caller, Request request) {
    organizations.sessions().revokeAll(caller.organization().id(), user(request));
    return Response.of(204);
  }

  private Response end(Caller caller, Request request) {
    var id = id(request.variable("id"));
    if (organizations.sessions().revoke(caller.organization().id(), id)) return Response.of(204);
    throw new ScimException(404, null, "there is no live session " + id);
  }

  private Response introspect(Caller caller, Request request) {
    var form = Query.parse(new String(request.body(), StandardCharsets.UTF_8));
    var token =
        form.first("token")
            .orElseThrow(
                () -> ScimException.bad(ScimType.invalidValue, "the form field token is missing"));
    var answer =
        organizations
            .sessions()
            .introspect(caller.organization().id(), new Secret(token))
            .map(session -> granted(caller, session).put("active", true))
            .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("active", false));
    return Answers.json(200, answer);
  }

  private ObjectNode granted(Caller caller, Session session) {
    var answer = render(session);
    var held = organizations.grants().of(caller.organization().id(), session.user());
    held.division().ifPresent(name -> answer.put("division", name));
    var roles = answer.putArray("roles");
    for (var role : held.roles()) {
      var node = roles.addObject().put("value", role.name());
      if (!role.division().isEmpty()) node.put("division", role.division());
    }
    return answer;
  }

  /// The fields of RFC 7662 §2.2.
  private static ObjectNode render(Session session) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("jti", session.id().toString()).put("sub", session.user().toString());
    answer.put("username", session.userName()).put("client_id", session.application());
    answer.put("iat", session.started().getEpochSecond());
    return answer.put("exp", session.expires().getEpochSecond());
  }

  private static Duration life(JsonNode seconds) {
    if (seconds.isMissingNode()) return LIFE;
    if (seconds.isInt() && seconds.intValue() > 0 && seconds.intValue() <= LIFE_MAX.toSeconds()) {
      return Duration.ofSeconds(seconds.intValue());
    }
    throw ScimException.bad(
        ScimType.invalidValue, "seconds is a whole number from 1 to " + LIFE_MAX.toSeconds());
  }

  private static UUID user(Request request) {
    return id(request.query().first("user").orElse(""));
  }

  private static UUID id(String text) {
    return Ids.parse(text)
        .orElseThrow(() -> ScimException.bad(ScimType.invalidValue, "'" + text + "' is no id"));
  }
}
