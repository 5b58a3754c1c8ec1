package dev.tenure.admin;

import dev.tenure.access.AdminTokens;
import dev.tenure.access.ConsoleUsers;
import dev.tenure.access.Role;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.view.TokenJson;
import dev.tenure.view.UserJson;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who may use the API, and who may sign in to the console: tokens and passwords are handed out
/// once, and whoever loses a role loses it with the next request.
record UserDesk(AdminTokens tokens, ConsoleUsers users) {
  private static final String TOKENS = "/tokens";
  private static final String USERS = "/console/users";
  private static final String ONE = USERS + "/{user}";

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.rule("GET", TOKENS, (d, _) -> TokenJson.of(d.users().tokens().all())),
          new Operation("POST", TOKENS, Role.ADMINISTRATOR, (d, r) -> d.users().create(r)),
          new Operation(
              "DELETE", TOKENS + "/{token}", Role.ADMINISTRATOR, (d, r) -> d.users().revoke(r)),
          Operation.rule("GET", USERS, (d, r) -> d.users().list(r)),
          new Operation("POST", USERS, Role.ADMINISTRATOR, (d, r) -> d.users().add(r)),
          Operation.rule("PATCH", ONE, (d, r) -> d.users().change(r)),
          Operation.rule("POST", ONE + "/password", (d, r) -> d.users().password(r)),
          new Operation(
              "DELETE", ONE + "/sessions", Role.ADMINISTRATOR, (d, r) -> d.users().signOut(r)),
          new Operation("DELETE", ONE, Role.ADMINISTRATOR, (d, r) -> d.users().remove(r)));

  private static final String USER = "user";
  private static final String NAME = "name";
  private static final String ROLE = "role";
  private static final String EXPIRES = "expires";

  /// Throws `ADMIN_TOKEN_EXISTS`.
  private Response create(Request request) {
    Wanted.query(request, Set.of());
    var fields = Fields.of(request, Set.of(NAME, ROLE, EXPIRES));
    var expires = fields.words(EXPIRES).map(text -> Wanted.time(text, EXPIRES));
    var made = tokens.create(name(fields), role(fields), expires);
    var answer = TokenJson.of(made.token()).put("secret", made.secret().reveal());
    return Operation.json(201, answer);
  }

  /// Throws `ADMIN_TOKEN_UNKNOWN`.
  private Response revoke(Request request) {
    tokens.revoke(Wanted.variable(request, "token"));
    return Response.of(204);
  }

  private ObjectNode list(Request request) {
    Wanted.query(request, Set.of());
    var answer = JsonNodeFactory.instance.objectNode();
    answer.set("users", UserJson.of(users.all()));
    return answer;
  }

  /// Throws `CONSOLE_USER_EXISTS`.
  private Response add(Request request) {
    Wanted.query(request, Set.of());
    var fields = Fields.of(request, Set.of(NAME, ROLE));
    return Operation.json(201, UserJson.handed(users.add(name(fields), role(fields))));
  }

  /// Throws `CONSOLE_USER_UNKNOWN` and `CONSOLE_LAST_ADMINISTRATOR`.
  private JsonNode change(Request request) {
    Wanted.query(request, Set.of());
    var fields = Fields.of(request, Set.of(ROLE));
    var user = Wanted.variable(request, USER);
    fields.required(ROLE);
    users.role(user, role(fields));
    return UserJson.of(users.all().stream().filter(u -> u.name().equals(user)).toList()).get(0);
  }

  /// Throws `CONSOLE_USER_UNKNOWN`.
  private ObjectNode password(Request request) {
    return UserJson.handed(users.password(named(request)));
  }

  /// Throws `CONSOLE_USER_UNKNOWN`.
  private Response signOut(Request request) {
    users.signOut(named(request));
    return Response.of(204);
  }

  /// Throws `CONSOLE_USER_UNKNOWN` and `CONSOLE_LAST_ADMINISTRATOR`.
  private Response remove(Request request) {
    users.remove(named(request));
    return Response.of(204);
  }

  /// The user that the path names, of a request that says nothing else.
  private static String named(Request request) {
    Wanted.query(request, Set.of());
    Wanted.body(request, Set.of());
    return Wanted.variable(request, USER);
  }

  private static String name(Fields fields) {
    var name = fields.required(NAME);
    if (ConsoleUsers.isName(name)) return name;
    throw new HttpFailure(400, "a name is 1 to 64 of a-z, 0-9 and . _ @ -");
  }

  private static Role role(Fields fields) {
    return fields.choice(ROLE, Role.class).orElse(Role.VIEWER);
  }
}
