package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Groups;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import java.util.Optional;

/// `/Groups` (RFC 7644 §3.2 to §3.6).
final class GroupEndpoint {
  private static final ResourceType TYPE = Schemas.standard().group();

  /// A larger group is not rendered after a PATCH: the answer is 204 (RFC 7644 §3.5.2).
  private static final int MEMBERS_ANSWERED_MAX = 1_000;

  private final Groups groups;
  private final Lists lists;

  GroupEndpoint(Groups groups, Lists lists) {
    this.groups = groups;
    this.lists = lists;
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
      return list(call, call.searchInBody());
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
    var order = SortOrder.of(search, TYPE, Call.READING);
    var members = rendering.projection().includes("members");
    return lists.answer(
        new Lists.Asked(call, "Group", search, order),
        listing -> groups.search(call.endpoint(), filter, listing, members),
        _ -> rendering);
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
    return call.has(stored.version()) ? rendering.bare(304, stored) : rendering.answer(200, stored);
  }

  private Response replace(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var body = ResourceReader.read(call.body(), TYPE, Call.READING);
    var rendering = rendering(call, call.search());
    groups.replace(call.endpoint(), call.id("Group"), call.precondition(), body);
    return rendering.answer(200, stored(call, rendering));
  }

  private Response patch(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var operations = PatchRequest.read(call.body(), TYPE, Call.READING);
    var rendering = rendering(call, call.search());
    var id = call.id("Group");
    groups.patch(call.endpoint(), id, call.precondition(), operations);
    var quiet =
        call.isQuiet(rendering)
            || (rendering.projection().isWhole()
                && groups.hasMoreMembers(call.endpoint(), id, MEMBERS_ANSWERED_MAX));
    return quiet
        ? rendering.bare(204, stored(call, false))
        : rendering.answer(200, stored(call, rendering));
  }

  private Response delete(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    groups.delete(call.endpoint(), call.id("Group"), call.precondition());
    return Response.of(204);
  }

  private StoredResource stored(Call call, Rendering rendering) {
    return stored(call, rendering.projection().includes("members"));
  }

  private StoredResource stored(Call call, boolean members) {
    return groups
        .get(call.endpoint(), call.id("Group"), members)
        .orElseThrow(() -> new ScimException(404, null, "Group " + call.rest() + " not found"));
  }

  private Rendering rendering(Call call, SearchRequest search) {
    return new Rendering(
        "Group",
        "members",
        call.endpoint().base() + "/Groups",
        Projection.of(TYPE, search.attributes(), search.excludedAttributes(), Call.READING),
        (group, after) -> groups.members(call.endpoint(), group, after));
  }
}
