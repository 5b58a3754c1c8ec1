package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.Dialects;
import dev.tenure.organization.Organizations;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.message.Oddities;

/// Sends a call to what it is about, and notes how it was written. The names of endpoints are
/// matched in any letter case.
public final class ScimService {
  private final UserEndpoint users;
  private final GroupEndpoint groups;
  private final CustomEndpoint custom;
  private final RootEndpoint root;
  private final BulkEndpoint bulk;
  private final Discovery discovery;
  private final Dialects dialects;

  public ScimService(Organizations organizations) {
    var lists = new Lists(organizations.cursors());
    this.users = new UserEndpoint(organizations.users(), lists);
    this.groups = new GroupEndpoint(organizations.groups(), lists);
    this.custom = new CustomEndpoint(organizations.resources(), lists);
    this.bulk = new BulkEndpoint(organizations.limits(), this::dispatched);
    this.dialects = organizations.dialects();
    this.discovery = new Discovery(organizations);
    this.root = new RootEndpoint(organizations.root(), organizations.groups(), lists);
  }

  /// Throws [ScimException] for what is answered with an error.
  public Response answer(Call call) {
    call.oddities().addAll(Oddities.inQuery(call.request().query().values()));
    try {
      return dispatched(call);
    } finally {
      var agent = call.request().header("User-Agent").orElse("");
      dialects.note(call.client(), agent, call.oddities());
    }
  }

  private Response dispatched(Call call) {
    return switch (call.resource()) {
      case "users" -> users.answer(call);
      case "groups" -> groups.answer(call);
      case "serviceproviderconfig", "schemas", "resourcetypes" -> discovery.answer(call);
      case "me" -> throw new ScimException(501, null, "/Me is not supported: use /Users/{id}");
      case "bulk" -> bulk.answer(call);
      case "", ".search" -> root.answer(call);
      default -> custom(call);
    };
  }

  private Response custom(Call call) {
    if (call.schemas().at(call.resource()).isPresent()) return custom.answer(call);
    throw Call.nowhere(call);
  }
}
