package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Groups;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.schema.ResourceType;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `/Groups` (RFC 7644 §3.2 to §3.6).
final class GroupEndpoint extends ResourceEndpoint {
  /// A larger group is not rendered after a PATCH: the answer is 204 (RFC 7644 §3.5.2).
  private static final int MEMBERS_ANSWERED_MAX = 1_000;

  private static final String NAME = "displayName";
  private final Groups groups;
  private final Lists lists;

  GroupEndpoint(Groups groups, Lists lists) {
    this.groups = groups;
    this.lists = lists;
  }

  @Override
  boolean isFixed(Call call) {
    return !call.endpoint().organization().profile().groupsByClients();
  }

  @Override
  Response list(Call call, SearchRequest search) {
    call.client().require(Permission.SSO_VIEW, Scope.GROUPS);
    var type = type(call);
    var rendering = rendering(call, call.projection(search, type));
    var filter = call.filter(search, type);
    var order = SortOrder.of(search, type, call.reading());
    var members = rendering.projection().includes("members");
    return lists.answer(
        new Lists.Asked(call, type.name(), search, order),
        listing -> groups.search(call.endpoint(), filter, listing, members),
        _ -> rendering);
  }

  @Override
  Response create(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var body = ResourceReader.read(call.body(), type(call), call.reading());
    var rendering = rendering(call, projection(call).afterWriting(body));
    return rendering.answer(201, groups.create(call.endpoint(), body));
  }

  @Override
  Response get(Call call) {
    call.client().require(Permission.SSO_VIEW, Scope.GROUPS);
    var rendering = rendering(call, projection(call));
    var stored = stored(call, rendering);
    return call.has(stored.version()) ? rendering.bare(304, stored) : rendering.answer(200, stored);
  }

  @Override
  Response replace(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var body = ResourceReader.read(call.body(), type(call), call.reading());
    var rendering = rendering(call, projection(call).afterWriting(body));
    groups.replace(
        call.endpoint(),
        call.id("Group"),
        call.precondition(),
        isFixed(call) ? keepingName(call, body) : body);
    return rendering.answer(200, stored(call, rendering));
  }

  @Override
  Response patch(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var operations = PatchRequest.read(call.body(), type(call), call.reading());
    var rendering = rendering(call, projection(call).afterWriting(operations));
    if (isFixed(call)) requireNameKept(operations);
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

  @Override
  Response delete(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    groups.delete(call.endpoint(), call.id("Group"), call.precondition());
    return Response.of(204);
  }

  /// Groups that are made elsewhere are named there: a PUT leaves the name as it is.
  private Resource keepingName(Call call, Resource body) {
    var json = body.json();
    var stored = Resource.of((ObjectNode) ScimJson.read(stored(call, false).document()));
    stored.get(NAME).ifPresent(name -> json.set(NAME, name));
    return Resource.of(json);
  }

  private static void requireNameKept(List<PatchOperation> operations) {
    if (operations.stream().anyMatch(o -> o.path().attribute().parent().toString().equals(NAME))) {
      throw ScimException.bad(ScimType.mutability, "displayName can only be read here");
    }
  }

  private StoredResource stored(Call call, Rendering rendering) {
    return stored(call, rendering.projection().includes("members"));
  }

  private StoredResource stored(Call call, boolean members) {
    return groups
        .get(call.endpoint(), call.id("Group"), members)
        .orElseThrow(() -> new ScimException(404, null, "Group " + call.rest() + " not found"));
  }

  private static ResourceType type(Call call) {
    return call.schemas().group();
  }

  private static Projection projection(Call call) {
    return call.projection(call.search(), type(call));
  }

  private Rendering rendering(Call call, Projection projection) {
    return new Rendering(
        "Group",
        "members",
        call.endpoint().base() + "/Groups",
        projection,
        (group, after) -> groups.members(call.endpoint(), group, after),
        Rendering.Meta.of(call));
  }
}
