package dev.tenure.organization.oauth;

import dev.tenure.config.Secret;
import dev.tenure.http.Request;
import dev.tenure.id.Correlation;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Admission.Visit;
import dev.tenure.organization.Client;
import dev.tenure.organization.Organization;
import dev.tenure.organization.Organizations;
import dev.tenure.scim.ScimException;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Lets in who has a valid token. A wrong token, a token of another organization and an
/// organization that does not exist get the same answer, so that none can be told from another.
public final class Bearer {
  private static final String SCHEME = "Bearer ";
  private final Organizations organizations;
  private final Turnstile turnstile;

  public Bearer(Organizations organizations) {
    this.organizations = organizations;
    this.turnstile = new Turnstile(organizations);
  }

  /// Who calls, and the settings of its organization.
  public record Caller(Client client, Organization organization) {}

  /// The caller of a request to the named organization. Throws 401, 403 where it may not come from
  /// there, and 429 where it has no request left.
  public Caller enter(String organization, Request request) {
    return entered(name(organization), request);
  }

  /// The caller of a request whose path tells no organization: the token does. Throws as
  /// [#enter(String, Request)].
  public Caller enter(Request request) {
    return entered(organizations.credentials().organizationOf(token(request)), request);
  }

  private Caller entered(Optional<OrganizationId> organization, Request request) {
    organization.ifPresent(id -> turnstile.watch(id, Turnstile.NOBODY, request));
    var caller =
        organization.flatMap(id -> caller(id, token(request))).orElseThrow(Bearer::refused);
    turnstile.admit(caller, request);
    return admitted(caller, request);
  }

  /// Does the work in the caller's name, which the audit log then has.
  public static <T> T as(Caller caller, Request request, Callable<T> work) {
    try {
      return new Correlation(caller.client().name(), request.head().correlation()).call(work);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Caller> caller(OrganizationId id, Secret token) {
    return organizations
        .credentials()
        .authenticate(id, token)
        .flatMap(client ->
            organizations
                .find(id)
                .filter(Organization::enabled)
                .map(found -> new Caller(client, found)));
  }

  /// Where a request comes from.
  static Visit visit(Request request) {
    return new Visit(request.head().remote(), request.head().certificate());
  }

  /// Throws 403 for an address that the client may not come from, 401 for a token without the
  /// certificate that it needs (RFC 8705 §3).
  private static Caller admitted(Caller caller, Request request) {
    var refusal = caller.client().admission().refusal(visit(request));
    if (refusal.isEmpty()) return caller;
    throw switch (refusal.get()) {
      case ADDRESS ->
          new ScimException(403, null, "this client may not come from " + request.head().remote());
      case CERTIFICATE ->
          new ScimException(401, null, "this client's certificate is required with its token");
    };
  }

  private static Optional<OrganizationId> name(String organization) {
    try {
      return Optional.of(new OrganizationId(organization));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Secret token(Request request) {
    return request
        .header("Authorization")
        .filter(field -> field.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(field -> new Secret(field.substring(SCHEME.length()).strip()))
        .orElseThrow(Bearer::refused);
  }

  private static ScimException refused() {
    return new ScimException(401, null, "a valid bearer token of this organization is required");
  }
}
