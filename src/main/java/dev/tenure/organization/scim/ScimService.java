package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Organizations;
import dev.tenure.scim.ScimException;

/// Sends a call to what it is about. The names of endpoints are matched in any letter case.
public final class ScimService {
  private final UserEndpoint users;
  private final GroupEndpoint groups;
  private final CustomEndpoint custom;
  private final Discovery discovery = new Discovery();

  public ScimService(Organizations organizations) {
    this.users = new UserEndpoint(organizations.users());
    this.groups = new GroupEndpoint(organizations.groups());
    this.custom = new CustomEndpoint(organizations.resources());
  }

  /// Throws [ScimException] for what is answered with an error.
  public Response answer(Call call) {
    return switch (call.resource()) {
      case "users" -> users.answer(call);
      case "groups" -> groups.answer(call);
      case "serviceproviderconfig", "schemas", "resourcetypes" -> discovery.answer(call);
      case "me" -> throw new ScimException(501, null, "/Me is not supported: use /Users/{id}");
      case "bulk" -> throw new ScimException(501, null, "Bulk is not supported");
      case "", ".search" ->
          throw new ScimException(501, null, "queries of all resource types are not supported");
      default -> custom(call);
    };
  }

  private Response custom(Call call) {
    if (call.schemas().at(call.resource()).isPresent()) return custom.answer(call);
    throw new ScimException(404, null, "there is no endpoint /" + call.path());
  }
}
