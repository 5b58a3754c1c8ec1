package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_ADD;
import static dev.tenure.organization.Permission.USER_DELETE;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Directory;
import dev.tenure.organization.Directory.Search;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.Scope;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.DirectoryStore.Entry;
import dev.tenure.organization.store.Ids;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Users: `/api/v2/users`. Lists and single users show active ones unless `state` says otherwise.
final class UsersApi {
  private static final String USERS = "/api/v2/users";
  private static final String USER = USERS + "/{userId}";
  private final Desk desk;

  UsersApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", USERS, desk.entering(SSO_VIEW, Scope.USERS, UsersApi::list))
        .add("POST", USERS, desk.entering(USER_ADD, Scope.USERS, UsersApi::create))
        .add("GET", USERS + "/me", desk.entering(SSO_VIEW, Scope.USERS, _ -> nobody()))
        .add("GET", USER, desk.entering(SSO_VIEW, Scope.USERS, UsersApi::get))
        .add("PATCH", USER, desk.entering(USER_EDIT, Scope.USERS, UsersApi::patch))
        .add("DELETE", USER, desk.entering(USER_DELETE, Scope.USERS, UsersApi::delete));
  }

  private static Response list(PlatformCall call) {
    var paging = Paging.of(call);
    var search = Search.of(states(call));
    var ids = call.list("id");
    if (!ids.isEmpty()) {
      search =
          search.ids(ids.stream().flatMap(i -> Ids.parse(i).stream()).collect(Collectors.toSet()));
    }
    var found = call.organizations().directory().find(call.organization(), search, paging.slice());
    var json = json(call);
    return PlatformCall.ok(
        paging.render(call, found.total(), found.entries().stream().map(json::render).toList()));
  }

  /// Of `state`; throws 400 for one that there is not.
  private static List<String> states(PlatformCall call) {
    var state = call.query("state").orElse("active");
    if (state.equals("any")) return Directory.STATES;
    if (Directory.STATES.contains(state)) return List.of(state);
    throw PlatformCall.bad("state is one of active, inactive, deleted, any");
  }

  private static UserJson json(PlatformCall call) {
    return new UserJson(call.names(), call.list("expand"));
  }

  private static Response get(PlatformCall call) {
    return PlatformCall.ok(json(call).render(entry(call, states(call))));
  }

  /// A token that a client got for itself has no user.
  private static Response nobody() {
    throw new ScimException(400, null, "a token of client credentials has no user");
  }

  private static Response create(PlatformCall call) {
    var wish = new UserWish(call.object(), call.names());
    var made = call.organizations().users().createNew(call.endpoint(), wish.made());
    return Answers.json(201, json(call).render(entry(call, made.id(), Directory.STATES)));
  }

  private static Response patch(PlatformCall call) {
    var body = call.object();
    var version = PlatformCall.version(body);
    var stored = entry(call, Directory.STATES);
    if (body.has("state")) changeState(call, stored, body);
    else if (stored.state().equals("deleted")) throw missing(call);
    else change(call, version, body);
    return PlatformCall.ok(json(call).render(entry(call, Directory.STATES)));
  }

  private static void change(PlatformCall call, Precondition version, JsonNode body) {
    var wish = new UserWish(body, call.names());
    call.organizations().users().change(call.endpoint(), call.id("userId"), version, wish::over);
  }

  /// A state is changed alone; a deleted user comes back by `active`.
  private static void changeState(PlatformCall call, Entry stored, JsonNode body) {
    if (body.size() > 2) throw PlatformCall.bad("state must be the only field beside the version");
    var users = call.organizations().users();
    var version = PlatformCall.version(body);
    var id = stored.id();
    if (body.path("state").asString("").equals("deleted")) {
      call.caller().client().require(USER_DELETE, Scope.USERS);
      if (!stored.state().equals("deleted")) users.delete(call.endpoint(), id, version);
      return;
    }
    var state = new UserWish(body, call.names()).state("");
    if (!stored.state().equals("deleted")) {
      users.change(call.endpoint(), id, version, user -> active(user, state.equals("active")));
      return;
    }
    if (!state.equals("active")) throw PlatformCall.bad("a deleted user can become active only");
    if (body.path("version").asLong() != stored.version()) {
      throw call.organization().profile().stale();
    }
    if (users.restore(call.endpoint(), id).isEmpty()) throw missing(call);
  }

  private static Resource active(Resource user, boolean active) {
    return Resource.of(user.json().put("active", active));
  }

  private static Response delete(PlatformCall call) {
    call.organizations()
        .users()
        .delete(call.endpoint(), call.id("userId"), new Precondition.None());
    return PlatformCall.done(200);
  }

  /// The user in the path, in one of these states; throws 404 where there is none.
  static Entry entry(PlatformCall call, List<String> states) {
    return entry(call, call.id("userId"), states);
  }

  /// The same for users that are not deleted.
  static Entry present(PlatformCall call) {
    return entry(call, List.of("active", "inactive"));
  }

  private static Entry entry(PlatformCall call, UUID id, List<String> states) {
    return call.organizations()
        .directory()
        .get(call.organization(), id, states)
        .orElseThrow(() -> PlatformCall.missing("user", id.toString()));
  }

  private static ScimException missing(PlatformCall call) {
    return PlatformCall.missing("user", call.request().variable("userId"));
  }
}
