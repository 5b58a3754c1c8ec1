package dev.tenure.admin;

import dev.tenure.access.Role;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Endpoint;
import dev.tenure.organization.Organizations;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.store.TenantStore;
import dev.tenure.view.OrganizationJson;
import dev.tenure.view.TenantJson;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who is in an organization, and what goes on there: users, groups, sessions, streams of security
/// events, rate limits.
record TenantDesk(Organizations organizations, TenantStore tenants) {
  private static final String USERS = OrganizationDesk.PATH + "/users";
  private static final String SESSIONS = OrganizationDesk.PATH + "/sessions";
  private static final String DELETED = OrganizationDesk.PATH + "/deleted";

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look(USERS, (d, r) -> d.tenants().users(r)),
          Operation.look(USERS + "/{user}/grants", (d, r) -> d.tenants().grants(r)),
          Operation.act("DELETE", USERS + "/{user}/sessions", (d, r) -> d.tenants().signOut(r)),
          Operation.look(OrganizationDesk.PATH + "/groups", (d, r) -> d.tenants().groups(r)),
          Operation.look(SESSIONS, (d, r) -> d.tenants().sessions(r)),
          new Operation(
              "DELETE", SESSIONS + "/{session}", Role.OPERATOR, (d, r) -> d.tenants().end(r)),
          Operation.look(OrganizationDesk.PATH + "/streams", (d, r) -> d.tenants().streams(r)),
          Operation.look(OrganizationDesk.PATH + "/limits", (d, r) -> d.tenants().limits(r)),
          Operation.look(DELETED, (d, r) -> d.tenants().deleted(r)),
          Operation.act("POST", DELETED + "/{user}/restore", (d, r) -> d.tenants().restore(r)));

  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);
  private static final Duration REFUSED = Duration.ofDays(1);
  private static final int DELETED_MAX = 1_000;
  private static final String USER = "user";
  private static final String TEXT = "q";
  private static final String ACTIVE = "active";
  private static final String ID = "id";
  private static final String BEFORE = "before";
  private static final String FROM = "from";

  private OrganizationId organization(Request request, String... parameters) {
    Wanted.query(request, Set.of(parameters));
    return Wanted.organization(request, organizations);
  }

  /// In the order of their userNames.
  private ObjectNode users(Request request) {
    var id = organization(request, Page.LIMIT, Page.AFTER, TEXT, ACTIVE);
    var active = Wanted.words(request, ACTIVE).map(TenantDesk::truth);
    int limit = Page.limit(request);
    var page = Page.of(tenants.users(id, wanted(request, active, limit)), limit);
    var answer = TenantJson.users(page.entries());
    return page.next(answer, request, last -> Map.of(Page.AFTER, last.key()));
  }

  private static TenantStore.Wanted wanted(Request request, Optional<Boolean> active, int limit) {
    var after = Wanted.words(request, Page.AFTER).orElse("");
    return new TenantStore.Wanted(Wanted.words(request, TEXT), active, after, limit + 1);
  }

  private static boolean truth(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new HttpFailure(400, "active is true or false");
    };
  }

  /// In the order of their names.
  private ObjectNode groups(Request request) {
    var id = organization(request, Page.LIMIT, Page.AFTER, TEXT, ID);
    int limit = Page.limit(request);
    var afterId = Wanted.uuid(request, ID).orElse(FIRST);
    var wanted = wanted(request, Optional.empty(), limit);
    var page = Page.of(tenants.groups(id, wanted, afterId), limit);
    return page.next(
        TenantJson.groups(page.entries()),
        request,
        last -> Map.of(Page.AFTER, last.key(), ID, last.id().toString()));
  }

  /// The user of this id or userName.
  private TenantStore.WholeUser user(OrganizationId organization, Request request) {
    var name = Wanted.name(request, USER);
    return Wanted.uuid(name)
        .or(() -> organizations.users().named(organization, name))
        .flatMap(id -> tenants.user(organization, id))
        .orElseThrow(() -> new HttpFailure(404, "there is no user of this id or userName"));
  }

  /// What a user really has, and by which groups.
  private ObjectNode grants(Request request) {
    var id = organization(request);
    var user = user(id, request);
    var userName = ScimJson.read(user.document()).path("userName").asString("");
    return OrganizationJson.of(user.id(), userName, organizations.grants().of(id, user.id()));
  }

  /// Ends all sessions of a user.
  private ObjectNode signOut(Request request) {
    var id = organization(request);
    Wanted.body(request, Set.of());
    var user = user(id, request).id();
    return JsonNodeFactory.instance
        .objectNode()
        .put(USER, user.toString())
        .put("ended", organizations.sessions().revokeAll(id, user));
  }

  /// Those that live, the newest first.
  private ObjectNode sessions(Request request) {
    var id = organization(request, Page.LIMIT, BEFORE);
    int limit = Page.limit(request);
    var before = Wanted.uuid(request, BEFORE).orElse(LAST);
    var page = Page.of(tenants.sessions(id, before, limit + 1), limit);
    var answer = TenantJson.sessions(page.entries());
    return page.next(answer, request, last -> Map.of(BEFORE, last.id().toString()));
  }

  private Response end(Request request) {
    var id = organization(request);
    Wanted.body(request, Set.of());
    var session = Wanted.uuid(Wanted.variable(request, "session"));
    if (session.filter(s -> organizations.sessions().revoke(id, s)).isPresent()) {
      return Response.of(204);
    }
    throw new HttpFailure(404, "there is no such live session");
  }

  private ObjectNode streams(Request request) {
    return TenantJson.streams(tenants.streams(organization(request)));
  }

  /// The limits, how they are used, and how many requests were refused for them in each hour of the
  /// last day.
  private ObjectNode limits(Request request) {
    var id = organization(request, FROM);
    var day = organizations.clock().instant().truncatedTo(ChronoUnit.HOURS).minus(REFUSED);
    var from = Wanted.time(request, FROM).orElse(day);
    var answer = TenantJson.limits(tenants.rates(id), tenants.limited(id, from));
    answer.set("use", TenantJson.use(organizations.limitUse(id)));
    return answer;
  }

  /// Users that can be restored, the latest first.
  private ObjectNode deleted(Request request) {
    var id = organization(request, Page.LIMIT);
    int limit = (int) Wanted.number(request, Page.LIMIT, Page.MAX, DELETED_MAX);
    var users = organizations.users().deleted(id, Optional.empty(), limit);
    var answer = JsonNodeFactory.instance.objectNode();
    answer.set("users", OrganizationJson.deleted(users));
    return answer;
  }

  /// Brings a user back, active and with nothing granted.
  private ObjectNode restore(Request request) {
    var id = organization(request);
    Wanted.body(request, Set.of());
    var endpoint = new Endpoint(organizations.administration().organization(id), "", true);
    var user =
        Wanted.uuid(Wanted.variable(request, USER))
            .filter(former -> isRestored(endpoint, former))
            .orElseThrow(() -> new HttpFailure(404, "there is no deleted user of this id"));
    return JsonNodeFactory.instance.objectNode().put(USER, user.toString());
  }

  /// False where there is no deleted user of this id.
  private boolean isRestored(Endpoint endpoint, UUID former) {
    try {
      return organizations.users().restore(endpoint, former).isPresent();
    } catch (ScimException e) {
      throw new HttpFailure(409, e.detail());
    }
  }
}
