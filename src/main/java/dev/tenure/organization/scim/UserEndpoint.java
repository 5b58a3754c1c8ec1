package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Permission;
import dev.tenure.organization.Quirk;
import dev.tenure.organization.Scope;
import dev.tenure.organization.Users;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.ResourceReader;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.patch.Patch;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.patch.Replacement;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// `/Users` (RFC 7644 §3.2 to §3.6).
final class UserEndpoint extends ResourceEndpoint {
  private static final List<String> COSTLY = List.of("externalId", "roles");
  private static final List<String> GRANTS = List.of("roles", "entitlements");
  private final Users users;
  private final Lists lists;

  UserEndpoint(Users users, Lists lists) {
    this.users = users;
    this.lists = lists;
  }

  @Override
  Response list(Call call, SearchRequest search) {
    call.client().require(Permission.SSO_VIEW, Scope.USERS);
    var type = type(call);
    var projection = call.projection(search, type);
    requireCheap(call, search, projection);
    var rendering = rendering(call, projection);
    var filter = call.filter(search, type);
    return lists.answer(
        new Lists.Asked(call, type.name(), search, SortOrder.of(search, type, call.reading())),
        listing -> users.search(call.endpoint(), filter, listing),
        _ -> rendering);
  }

  /// Genesys Cloud says "too many requests" to a large page with what it reads at great cost.
  private static void requireCheap(Call call, SearchRequest search, Projection projection) {
    var organization = call.endpoint().organization();
    if (!organization.has(Quirk.COSTLY_PAGES)) return;
    if (search.count() <= organization.profile().pages().usual()) return;
    if (COSTLY.stream().anyMatch(projection::includes)
        || projection.includes(Schema.GENESYS_USER, "routingSkills")
        || projection.includes(Schema.GENESYS_USER, "routingLanguages")) {
      throw new ScimException(
          429,
          null,
          "more than 25 users at once without externalId, roles, routingSkills and"
              + " routingLanguages only");
    }
  }

  @Override
  Response create(Call call) {
    call.client().require(Permission.USER_ADD, Scope.USERS);
    var body = ResourceReader.read(call.body(), type(call), call.reading());
    requireGrants(call, GRANTS.stream().filter(name -> body.get(name).isPresent()));
    var rendering = rendering(call, projection(call).afterWriting(body));
    return rendering.answer(201, users.create(call.endpoint(), body));
  }

  @Override
  Response get(Call call) {
    call.client().require(Permission.SSO_VIEW, Scope.USERS);
    var rendering = rendering(call, projection(call));
    var stored =
        users
            .get(call.endpoint(), call.id("User"))
            .orElseThrow(() -> new ScimException(404, null, "User " + call.rest() + " not found"));
    return call.has(stored.version()) ? rendering.bare(304, stored) : rendering.answer(200, stored);
  }

  @Override
  Response replace(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.USERS);
    var body = ResourceReader.read(call.body(), type(call), call.reading());
    requireGrants(call, GRANTS.stream().filter(name -> body.get(name).isPresent()));
    var type = type(call);
    var rendering = rendering(call, projection(call).afterWriting(body));
    var id = call.id("User");
    var stored =
        users.replace(
            call.endpoint(),
            id,
            call.precondition(),
            before -> Replacement.apply(before, keepingActive(before, body), type));
    return rendering.answer(200, stored);
  }

  /// Without `active` in a PUT the user stays as active as it is.
  private static Resource keepingActive(Resource stored, Resource body) {
    if (body.get("active").isPresent()) return body;
    var json = body.json();
    stored.get("active").ifPresent(active -> json.set("active", active));
    return Resource.of(json);
  }

  @Override
  Response patch(Call call) {
    call.client().require(Permission.USER_EDIT, Scope.USERS);
    var type = type(call);
    var operations = PatchRequest.read(call.body(), type, call.reading());
    requireGrants(call, operations.stream().map(o -> o.path().attribute().parent().toString()));
    var rendering = rendering(call, projection(call).afterWriting(operations));
    var id = call.id("User");
    var patched =
        activation(operations)
            .map(active -> users.activate(call.endpoint(), id, call.precondition(), active))
            .orElseGet(() ->
                users.change(
                    call.endpoint(),
                    id,
                    call.precondition(),
                    before -> Patch.apply(before, operations, type, call.reading())));
    return call.isQuiet(rendering) ? rendering.bare(204, patched) : rendering.answer(200, patched);
  }

  /// What `active` becomes, where that is all that the request changes.
  private static Optional<Boolean> activation(List<PatchOperation> operations) {
    if (operations.size() != 1) return Optional.empty();
    return switch (operations.getFirst()) {
      case PatchOperation.Add(var path, var value) -> activation(path, value);
      case PatchOperation.Replace(var path, var value) -> activation(path, value);
      case PatchOperation.Remove _ -> Optional.empty();
    };
  }

  private static Optional<Boolean> activation(PatchPath path, JsonNode value) {
    return path.attribute().toString().equals("active") && value.isBoolean()
        ? Optional.of(value.booleanValue())
        : Optional.empty();
  }

  @Override
  Response delete(Call call) {
    call.client().require(Permission.USER_DELETE, Scope.USERS);
    users.delete(call.endpoint(), call.id("User"), call.precondition());
    return Response.of(204);
  }

  /// Roles and licences are more than profile: who sets them needs the scope for it.
  private static void requireGrants(Call call, Stream<String> attributes) {
    if (attributes.anyMatch(GRANTS::contains)) call.client().require(Scope.AUTHORIZATION);
  }

  private static ResourceType type(Call call) {
    return call.schemas().user();
  }

  private static Projection projection(Call call) {
    return call.projection(call.search(), type(call));
  }

  private static Rendering rendering(Call call, Projection projection) {
    return new Rendering(
        "User",
        "groups",
        call.endpoint().base() + "/Users",
        projection,
        Portions.NONE,
        Rendering.Meta.of(call));
  }
}
