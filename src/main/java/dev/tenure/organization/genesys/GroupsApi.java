package dev.tenure.organization.genesys;

import static dev.tenure.organization.Permission.SSO_VIEW;
import static dev.tenure.organization.Permission.USER_EDIT;

import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Listing;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.Scope;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.GroupProfileStore.Traits;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.Reading;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.PatchRequest;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Groups: `/api/v2/groups`, the only way to make one, to name it and to delete it.
final class GroupsApi {
  private static final String GROUPS = "/api/v2/groups";
  private static final String GROUP = GROUPS + "/{groupId}";
  private static final List<String> TYPES = List.of("official", "social");
  private static final List<String> VISIBILITIES = List.of("public", "owners", "members");
  private static final Traits USUAL = new Traits("official", "public", true, null, 0);
  private final Desk desk;

  GroupsApi(Desk desk) {
    this.desk = desk;
  }

  Routes routes() {
    return new Routes()
        .add("GET", GROUPS, desk.entering(SSO_VIEW, Scope.GROUPS, GroupsApi::list))
        .add("POST", GROUPS, desk.entering(USER_EDIT, Scope.GROUPS, GroupsApi::create))
        .add("GET", GROUP, desk.entering(SSO_VIEW, Scope.GROUPS, GroupsApi::get))
        .add("PUT", GROUP, desk.entering(USER_EDIT, Scope.GROUPS, GroupsApi::put))
        .add("DELETE", GROUP, desk.entering(USER_EDIT, Scope.GROUPS, GroupsApi::delete));
  }

  private static Response list(PlatformCall call) {
    var paging = Paging.of(call);
    var groups = call.organizations().groups();
    var listing = new Listing(SortOrder.BY_ID, paging.slice());
    var page = groups.search(call.endpoint(), Optional.empty(), listing, false);
    var stored = page.resources();
    var traits = groups.traits(call.endpoint(), stored.stream().map(StoredResource::id).toList());
    return PlatformCall.ok(
        paging.render(call, page.total(), stored.stream().map(g -> render(g, traits)).toList()));
  }

  private static Response get(PlatformCall call) {
    return PlatformCall.ok(shown(call, call.id("groupId")));
  }

  private static Response create(PlatformCall call) {
    var body = call.object();
    var name = PlatformCall.required(body, "name");
    var traits = traits(body, Optional.empty());
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(Schema.GROUP);
    var made =
        call.organizations()
            .groups()
            .create(call.endpoint(), Resource.of(json.put("displayName", name)));
    call.organizations().groups().describe(call.endpoint(), made.id(), traits);
    return Answers.json(201, shown(call, made.id()));
  }

  private static Response put(PlatformCall call) {
    var body = call.object();
    var id = call.id("groupId");
    var groups = call.organizations().groups();
    var stored = group(call, id);
    var traits =
        traits(body, Optional.ofNullable(groups.traits(call.endpoint(), List.of(id)).get(id)));
    var name = PlatformCall.text(body, "name").orElseGet(() -> name(stored));
    var version = PlatformCall.version(body);
    groups.patch(
        call.endpoint(),
        id,
        version,
        PatchRequest.read(renaming(name), call.organization().schemas().group(), Reading.TOLERANT));
    groups.describe(call.endpoint(), id, traits);
    return PlatformCall.ok(shown(call, id));
  }

  private static JsonNode renaming(String name) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    body.putArray("Operations")
        .addObject()
        .put("op", "replace")
        .put("path", "displayName")
        .put("value", name);
    return body;
  }

  private static Response delete(PlatformCall call) {
    call.organizations()
        .groups()
        .delete(call.endpoint(), call.id("groupId"), new Precondition.None());
    return Response.of(204);
  }

  /// Those of the body over those that the group has. `type`, `visibility` and `rulesVisible` are
  /// required where there is no group yet.
  private static Traits traits(JsonNode body, Optional<Traits> before) {
    var usual = before.orElse(USUAL);
    if (before.isEmpty() && !body.path("rulesVisible").isBoolean()) {
      throw PlatformCall.bad("rulesVisible is required");
    }
    var description = body.path("description").asString("");
    return new Traits(
        one(body, "type", TYPES, before.map(Traits::type)),
        one(body, "visibility", VISIBILITIES, before.map(Traits::visibility)),
        body.path("rulesVisible").asBoolean(usual.rulesVisible()),
        body.has("description") ? description : usual.description(),
        usual.size());
  }

  private static String one(
      JsonNode body, String name, List<String> known, Optional<String> before) {
    var value = PlatformCall.text(body, name).or(() -> before).orElse("");
    if (known.contains(value)) return value;
    throw PlatformCall.bad(name + " is one of " + String.join(", ", known));
  }

  private static ObjectNode shown(PlatformCall call, UUID id) {
    var stored = group(call, id);
    return render(stored, call.organizations().groups().traits(call.endpoint(), List.of(id)));
  }

  /// The group of this id without its members; throws 404 where there is none.
  static StoredResource group(PlatformCall call, UUID id) {
    return call.organizations()
        .groups()
        .get(call.endpoint(), id, false)
        .orElseThrow(() -> PlatformCall.missing("group", id.toString()));
  }

  static String name(StoredResource group) {
    return ScimJson.read(group.document()).path("displayName").asString("");
  }

  private static ObjectNode render(StoredResource group, Map<UUID, Traits> all) {
    var traits = all.getOrDefault(group.id(), USUAL);
    var json = Naming.reference(group.id(), name(group), GROUPS);
    if (traits.description() != null) json.put("description", traits.description());
    json.put("dateModified", group.modified().toString()).put("memberCount", traits.size());
    json.put("state", "active").put("version", group.version()).put("type", traits.type());
    json.put("rulesVisible", traits.rulesVisible()).put("visibility", traits.visibility());
    json.put("rolesEnabled", true).put("includeOwners", false).put("callsEnabled", false);
    json.putArray("owners");
    return json;
  }
}
