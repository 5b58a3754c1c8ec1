package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Groups;
import dev.tenure.organization.Permission;
import dev.tenure.organization.RootSearch;
import dev.tenure.organization.Scope;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.ResourceType;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Queries of all types of resources: GET at the root, and POST to `/.search` (RFC 7644 §3.4.2.1,
/// §3.4.3). Who may not see one of the types gets none.
final class RootEndpoint {
  private static final String ALL_TYPES = "";
  private final RootSearch root;
  private final Groups groups;
  private final Lists lists;

  RootEndpoint(RootSearch root, Groups groups, Lists lists) {
    this.root = root;
    this.groups = groups;
    this.lists = lists;
  }

  Response answer(Call call) {
    if (!call.endpoint().organization().profile().isWhole()) {
      throw new ScimException(501, null, "there are no queries of all types here");
    }
    if (call.resource().equals(".search")) {
      if (!call.method().equals("POST")) return Methods.refused(call, "POST");
      return list(call, call.searchInBody());
    }
    return call.method().equals("GET") ? list(call, call.search()) : Methods.refused(call, "GET");
  }

  private Response list(Call call, SearchRequest search) {
    call.client().require(Permission.SSO_VIEW, Scope.USERS);
    call.client().require(Permission.SSO_VIEW, Scope.GROUPS);
    var types = call.schemas().types();
    var renderings =
        types.stream()
            .collect(Collectors.toMap(ResourceType::name, t -> rendering(call, search, t)));
    var group = call.schemas().group().name();
    var members = rendering(renderings, group).projection().includes("members");
    var order = new SortOrder(Optional.empty(), search.descending() && !search.sortBy().isEmpty());
    return lists.answer(
        new Lists.Asked(call, ALL_TYPES, search, order),
        listing -> root.search(call.endpoint(), search, listing, members),
        found -> rendering(renderings, found.type()));
  }

  private static Rendering rendering(Map<String, Rendering> renderings, String type) {
    return Objects.requireNonNull(renderings.get(type));
  }

  private Rendering rendering(Call call, SearchRequest search, ResourceType type) {
    return new Rendering(
        type.name(),
        related(call, type),
        call.endpoint().base() + type.endpoint(),
        Projection.of(type, search.attributes(), search.excludedAttributes(), Reading.TOLERANT),
        (id, after) -> groups.members(call.endpoint(), id, after),
        Rendering.Meta.STANDARD);
  }

  private static String related(Call call, ResourceType type) {
    if (type.equals(call.schemas().user())) return "groups";
    return type.equals(call.schemas().group()) ? "members" : "";
  }
}
