package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.Scope;
import dev.tenure.organization.Users;
import dev.tenure.organization.Window;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.message.ListResponse;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// `/Users` (RFC 7644 §3.2 to §3.6).
final class UserEndpoint {
  private static final ResourceType TYPE = Schemas.standard().user();
  private static final List<String> GRANTS = List.of("roles", "entitlements");
  private final Users users;

  UserEndpoint(Users users) {
    this.users = users;
  }

  Response answer(Call call) {
    if (call.rest().isEmpty()) {
      return switch (call.method()) {
        case "GET" -> list(call, call.search());
        case "POST" -> create(call);
        default -> Methods.refused(call, "GET, POST");
      };
    }
    if (call.rest().equals(".search")) {
      if (!call.method().equals("POST")) return Methods.refused(call, "POST");
      var pages = call.endpoint().organization().profile().pages();
      return list(call, SearchRequest.read(call.body(), pages));
    }
    return switch (call.method()) {
      case "GET" -> get(call);
      case "PUT" -> replace(call);
      case "PATCH" -> patch(call);
      case "DELETE" -> delete(call);
      default -> Methods.refused(call, "GET, PUT, PATCH, DELETE");
    };
  }

  private Response list(Call call, SearchRequest search) {
    call.client().require(Permission.SSO_VIEW, Scope.USERS);
    var rendering = rendering(call, search);
    var page =
        users.search(
            call.endpoint(), filter(search), new Window(search.startIndex(), search.count()));
    var documents = page.resources().stream().map(rendering::text).toList();
    return Response.of(
        200, Answers.SCIM, ListResponse.text(page.total(), search.startIndex(), documents));
  }

  private static Optional<Filter> filter(SearchRequest search) {
    return search.filter().isEmpty()
        ? Optional.empty()
        : Optional.of(FilterParser.parse(search.filter(), TYPE, Call.READING));
  }

  private Response create(Call call) {
    call.client().require(Permission.USER_ADD, Scope.USERS);
    var body = ResourceReader.read(call.body(), TYPE, Call.READING);
    requireGrants(call, GRANTS.stream().filter(name -> body.get(name).isPresent()));
    var rendering = rendering(call, call.search());
    return rendering.answer(201, users.create(call.endpoint(), body));
  }

  private Response get(Call call) {
    call.client().require(Permission.SSO_VIEW, Scope.USERS);
    var rendering = rendering(call, call.search());
    var stored =
        users
            .get(call.endpoint(), call.id("User"))
            .orElseThrow(() -> new ScimException(404, null, "User " + call.rest() + " not found"));
    return call.has(stored.version()) ? rendering.unchanged(stored) : rendering.answer(200, stored);
  }

  private Response replace(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.USERS);
    var body = ResourceReader.read(call.body(), TYPE, Call.READING);
    requireGrants(call, GRANTS.stream().filter(name -> body.get(name).isPresent()));
    return changed(call, stored -> keepingActive(stored, body));
  }

  /// Without `active` in a PUT the user stays as active as it is.
  private static Resource keepingActive(Resource stored, Resource body) {
    if (body.get("active").isPresent()) return body;
    var json = body.json();
    stored.get("active").ifPresent(active -> json.set("active", active));
    return Resource.of(json);
  }

  private Response patch(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.USERS);
    var operations = PatchRequest.read(call.body(), TYPE, Call.READING);
    requireGrants(call, operations.stream().map(o -> o.path().attribute().attribute().name()));
    return changed(call, stored -> Patch.apply(stored, operations, TYPE, Call.READING));
  }

  private Response changed(Call call, UnaryOperator<Resource> change) {
    var rendering = rendering(call, call.search());
    var id = call.id("User");
    StoredResource stored = users.change(call.endpoint(), id, call.ifMatch(), change);
    return rendering.answer(200, stored);
  }

  private Response delete(Call call) {
    call.client().require(Permission.USER_DELETE, Scope.USERS);
    Precondition precondition = call.ifMatch();
    users.delete(call.endpoint(), call.id("User"), precondition);
    return Response.of(204);
  }

  /// Roles and licences are more than profile: who sets them needs the scope for it.
  private static void requireGrants(Call call, Stream<String> attributes) {
    if (attributes.anyMatch(GRANTS::contains)) call.client().require(Scope.AUTHORIZATION);
  }

  private static Rendering rendering(Call call, SearchRequest search) {
    return new Rendering(
        "User",
        "groups",
        call.endpoint().base() + "/Users",
        Projection.of(TYPE, search.attributes(), search.excludedAttributes(), Call.READING));
  }
}
