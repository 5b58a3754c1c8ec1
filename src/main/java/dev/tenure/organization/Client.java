package dev.tenure.organization;

import dev.tenure.id.OrganizationId;
import dev.tenure.scim.ScimException;
import java.util.Set;

/// Who calls, as its token tells: a client of one organization. `admission`: from where it may.
/// `quietPatch`: it wants 204 after a PATCH, and not the resource. `credential`: the beginning of
/// the hash of its bearer token; empty for an access token, of which there is a new one every hour.
public record Client(
    OrganizationId organization,
    String name,
    Set<Permission> permissions,
    Set<Scope> scopes,
    Admission admission,
    boolean quietPatch,
    String credential) {

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

  /// Whether it may read users, and so be told of them.
  public boolean seesUsers() {
    return permissions.contains(Permission.SSO_VIEW) && scopes.contains(Scope.USERS);
  }

  /// Throws 403 that names what is missing.
  public void require(Scope scope) {
    if (!scopes.contains(scope)) {
      throw new ScimException(403, null, "this client lacks the scope '" + scope.wire() + "'");
    }
  }
}
