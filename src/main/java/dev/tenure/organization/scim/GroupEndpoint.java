package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Groups;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Scope;
import dev.tenure.organization.Window;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.message.ListResponse;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.schema.ResourceType;

/// `/Groups` (RFC 7644 §3.2 to §3.6).
final class GroupEndpoint extends ResourceEndpoint {
  /// A larger group is not rendered after a PATCH: the answer is 204 (RFC 7644 §3.5.2).
  private static final int MEMBERS_ANSWERED_MAX = 1_000;

  private final Groups groups;

  GroupEndpoint(Groups groups) {
    this.groups = groups;
  }

  @Override
  boolean isFixed(Call call) {
    return !call.endpoint().organization().profile().groupsByClients();
  }

  @Override
  Response list(Call call, SearchRequest search) {
    call.client().require(Permission.SSO_VIEW, Scope.GROUPS);
    var rendering = rendering(call, call.projection(search, type(call)));
    var filter = call.filter(search, type(call));
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
    return call.has(stored.version()) ? rendering.unchanged(stored) : rendering.answer(200, stored);
  }

  @Override
  Response replace(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var body = ResourceReader.read(call.body(), type(call), call.reading());
    var rendering = rendering(call, projection(call).afterWriting(body));
    groups.replace(call.endpoint(), call.id("Group"), call.ifMatch(), body);
    return rendering.answer(200, stored(call, rendering));
  }

  @Override
  Response patch(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    var operations = PatchRequest.read(call.body(), type(call), call.reading());
    var rendering = rendering(call, projection(call).afterWriting(operations));
    var id = call.id("Group");
    groups.patch(call.endpoint(), id, call.ifMatch(), operations);
    var large =
        rendering.projection().isWhole()
            && groups.hasMoreMembers(call.endpoint(), id, MEMBERS_ANSWERED_MAX);
    return large ? Response.of(204) : rendering.answer(200, stored(call, rendering));
  }

  @Override
  Response delete(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.GROUPS);
    groups.delete(call.endpoint(), call.id("Group"), call.ifMatch());
    return Response.of(204);
  }

  private StoredResource stored(Call call, Rendering rendering) {
    return groups
        .get(call.endpoint(), call.id("Group"), rendering.projection().includes("members"))
        .orElseThrow(() -> new ScimException(404, null, "Group " + call.rest() + " not found"));
  }

  private static ResourceType type(Call call) {
    return call.schemas().group();
  }

  private static Projection projection(Call call) {
    return call.projection(call.search(), type(call));
  }

  private static Rendering rendering(Call call, Projection projection) {
    return new Rendering("Group", "members", call.endpoint().base() + "/Groups", projection);
  }
}
