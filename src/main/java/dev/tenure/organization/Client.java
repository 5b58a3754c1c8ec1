package dev.tenure.organization;

import dev.tenure.id.OrganizationId;
import dev.tenure.scim.ScimException;
import java.util.Set;

/// Who calls, as its token tells: a client of one organization. `quietPatch`: it wants 204 after a
/// PATCH, and not the resource.
public record Client(
    OrganizationId organization,
    String name,
    Set<Permission> permissions,
    Set<Scope> scopes,
    boolean quietPatch) {

  public Client {
    permissions = Set.copyOf(permissions);
    scopes = Set.copyOf(scopes);
  }

  /// Throws 403 that names what is missing.
  public void require(Permission permission, Scope scope) {
    if (!permissions.contains(permission)) {
      throw new ScimException(
          403, null, "this client's role lacks the permission " + permission.title());
    }
    require(scope);
  }

  /// Throws 403 that names what is missing.
  public void require(Scope scope) {
    if (!scopes.contains(scope)) {
      throw new ScimException(403, null, "this client lacks the scope '" + scope.wire() + "'");
    }
  }
}
