package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Resources;
import dev.tenure.organization.Scope;
import dev.tenure.organization.TypeEndpoint;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.patch.Replacement;
import dev.tenure.scim.schema.ResourceType;
import java.util.function.UnaryOperator;

/// The endpoints of the resource types that an organization declares itself. Clients need the same
/// permissions and the same scope as for users.
final class CustomEndpoint extends ResourceEndpoint {
  private final Resources resources;
  private final Lists lists;

  CustomEndpoint(Resources resources, Lists lists) {
    this.resources = resources;
    this.lists = lists;
  }

  @Override
  Response list(Call call, SearchRequest search) {
    call.client().require(Permission.SSO_VIEW, Scope.USERS);
    var type = type(call);
    var rendering = rendering(call, call.projection(search, type));
    var filter = call.filter(search, type);
    return lists.answer(
        new Lists.Asked(call, type.name(), search, SortOrder.of(search, type, call.reading())),
        listing -> resources.search(at(call), filter, listing),
        _ -> rendering);
  }

  @Override
  Response create(Call call) {
    call.client().require(Permission.USER_ADD, Scope.USERS);
    var body = body(call);
    var rendering = rendering(call, projection(call).afterWriting(body));
    return rendering.answer(201, resources.create(at(call), body));
  }

  @Override
  Response get(Call call) {
    call.client().require(Permission.SSO_VIEW, Scope.USERS);
    var rendering = rendering(call, projection(call));
    var name = type(call).name();
    var stored =
        resources
            .get(at(call), call.id(name))
            .orElseThrow(
                () -> new ScimException(404, null, name + " " + call.rest() + " not found"));
    return call.has(stored.version()) ? rendering.bare(304, stored) : rendering.answer(200, stored);
  }

  @Override
  Response replace(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.USERS);
    var body = body(call);
    var rendering = rendering(call, projection(call).afterWriting(body));
    var type = type(call);
    return rendering.answer(200, changed(call, stored -> Replacement.apply(stored, body, type)));
  }

  @Override
  Response patch(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.USERS);
    var type = type(call);
    var operations = PatchRequest.read(call.body(), type, call.reading());
    var rendering = rendering(call, projection(call).afterWriting(operations));
    var patched = changed(call, before -> Patch.apply(before, operations, type, call.reading()));
    return call.isQuiet(rendering) ? rendering.bare(204, patched) : rendering.answer(200, patched);
  }

  @Override
  Response delete(Call call) {
    call.client().require(Permission.USER_DELETE, Scope.USERS);
    resources.delete(at(call), call.id(type(call).name()), call.precondition());
    return Response.of(204);
  }

  private StoredResource changed(Call call, UnaryOperator<Resource> change) {
    return resources.change(at(call), call.id(type(call).name()), call.precondition(), change);
  }

  private static Resource body(Call call) {
    return ResourceReader.read(call.body(), type(call), call.reading());
  }

  private static ResourceType type(Call call) {
    return call.schemas().at(call.resource()).orElseThrow();
  }

  private static TypeEndpoint at(Call call) {
    return new TypeEndpoint(call.endpoint(), type(call));
  }

  private static Projection projection(Call call) {
    return call.projection(call.search(), type(call));
  }

  private static Rendering rendering(Call call, Projection projection) {
    var type = type(call);
    return new Rendering(
        type.name(),
        "",
        call.endpoint().base() + type.endpoint(),
        projection,
        Portions.NONE,
        Rendering.Meta.STANDARD);
  }
}
