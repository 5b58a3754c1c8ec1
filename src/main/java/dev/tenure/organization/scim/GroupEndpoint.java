package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Groups;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.organization.Window;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.message.ListResponse;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import java.util.Optional;

/// `/Groups` (RFC 7644 §3.2 to §3.6).
final class GroupEndpoint {
  private static final ResourceType TYPE = Schemas.standard().group();

  /// A larger group is not rendered after a PATCH: the answer is 204 (RFC 7644 §3.5.2).
  private static final int MEMBERS_ANSWERED_MAX = 1_000;

  private final Groups groups;

  GroupEndpoint(Groups groups) {
    this.groups = groups;
  }

  Response answer(Call call) {
    var fixed = !call.endpoint().organization().profile().groupsByClients();
    if (call.rest().isEmpty()) {
      return switch (call.method()) {
        case "GET" -> list(call, call.search());
        case "POST" -> fixed ? Methods.refused(call, "GET") : create(call);
        default -> Methods.refused(call, fixed ? "GET" : "GET, POST");
      };
    }
    if (call.rest().equals(".search")) {
      if (!call.method().equals("POST")) return Methods.refused(call, "POST");
      var pages = call.endpoint().organization().profile().pages();
      return list(call, SearchRequest.read(call.body(), pages));
    }
    var allowed = fixed ? "GET, PUT, PATCH" : "GET, PUT, PATCH, DELETE";
    return switch (call.method()) {
      case "GET" -> get(call);
      case "PUT" -> replace(call);
      case "PATCH" -> patch(call);
      case "DELETE" -> fixed ? Methods.refused(call, allowed) : delete(call);
      default -> Methods.refused(call, allowed);
    };
  }

  private Response list(Call call, SearchRequest search) {
    call.client().require(Permission.SSO_VIEW, Scope.GROUPS);
    var rendering = rendering(call, search);
    Optional<Filter> filter =
        search.filter().isEmpty()
            ? Optional.empty()
            : Optional.of(FilterParser.parse(search.filter(), TYPE, Call.READING));
    var page =
        groups.search(
            call.endpoint(),
            filter,
            new Window(search.startIndex(), search.count()),
            rendering.projection().includes("members"));
    var documents = page.resources().stream().map(rendering::text).toList();
    return Response.of(
        200, Answers.SCIM, ListResponse.text(page.total(), search.startIndex(), documents));
  }

  private Response create(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var body = ResourceReader.read(call.body(), TYPE, Call.READING);
    var rendering = rendering(call, call.search());
    return rendering.answer(201, groups.create(call.endpoint(), body));
  }

  private Response get(Call call) {
    call.client().require(Permission.SSO_VIEW, Scope.GROUPS);
    var rendering = rendering(call, call.search());
    var stored = stored(call, rendering);
    return call.has(stored.version()) ? rendering.unchanged(stored) : rendering.answer(200, stored);
  }

  private Response replace(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var body = ResourceReader.read(call.body(), TYPE, Call.READING);
    var rendering = rendering(call, call.search());
    groups.replace(call.endpoint(), call.id("Group"), call.ifMatch(), body);
    return rendering.answer(200, stored(call, rendering));
  }

  private Response patch(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var operations = PatchRequest.read(call.body(), TYPE, Call.READING);
    var rendering = rendering(call, call.search());
    var id = call.id("Group");
    groups.patch(call.endpoint(), id, call.ifMatch(), operations);
    var large =
        rendering.projection().isWhole()
            && groups.hasMoreMembers(call.endpoint(), id, MEMBERS_ANSWERED_MAX);
    return large ? Response.of(204) : rendering.answer(200, stored(call, rendering));
  }

  private Response delete(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    groups.delete(call.endpoint(), call.id("Group"), call.ifMatch());
    return Response.of(204);
  }

  private StoredResource stored(Call call, Rendering rendering) {
    return groups
        .get(call.endpoint(), call.id("Group"), rendering.projection().includes("members"))
        .orElseThrow(() -> new ScimException(404, null, "Group " + call.rest() + " not found"));
  }

  private static Rendering rendering(Call call, SearchRequest search) {
    return new Rendering(
        "Group",
        "members",
        call.endpoint().base() + "/Groups",
        Projection.of(TYPE, search.attributes(), search.excludedAttributes(), Call.READING));
  }
}
