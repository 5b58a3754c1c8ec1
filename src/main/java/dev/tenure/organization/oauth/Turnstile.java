package dev.tenure.organization.oauth;

import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Profile;
import dev.tenure.organization.Refusals.Kind;
import dev.tenure.organization.Refusals.Refusal;
import dev.tenure.organization.limit.Allowance;
import dev.tenure.organization.oauth.Bearer.Caller;
import dev.tenure.scim.ScimException;
import java.util.HashMap;
import java.util.Optional;

/// Counts a request against its client's budget, says on each answer how much is left, and sees to
/// it that what is refused is in the organization's audit log.
final class Turnstile {
  private static final int CLIENT_NAME_MAX = 60;
  static final String NOBODY = "-";
  private final Organizations organizations;

  Turnstile(Organizations organizations) {
    this.organizations = organizations;
  }

  /// If the request is answered 401, this organization's log has it. An organization that does not
  /// exist has no log.
  void watch(OrganizationId organization, String client, Request request) {
    var claimed = client.length() > CLIENT_NAME_MAX ? client.substring(0, CLIENT_NAME_MAX) : client;
    request.onAnswer(answer -> {
      if (answer.status() == Kind.UNAUTHORIZED.status()
          && organizations.find(organization).isPresent()) {
        add(Kind.UNAUTHORIZED, new Who(organization, claimed), request, answer);
      }
      return answer;
    });
  }

  /// Takes the request from the caller's budget. Throws 429 where nothing is left.
  void admit(Caller caller, Request request) {
    var organization = caller.organization();
    var client = caller.client().name();
    var genesys = organization.profile() == Profile.GENESYS;
    var allowance = organizations.budgets().take(organization.id(), client, genesys);
    request.onAnswer(answer -> {
      kind(answer.status())
          .ifPresent(kind -> add(kind, new Who(organization.id(), client), request, answer));
      return allowance.map(a -> answer.with(a.fields())).orElse(answer);
    });
    allowance.filter(a -> !a.granted()).ifPresent(Turnstile::refuse);
  }

  private static void refuse(Allowance allowance) {
    throw new ScimException(
        429,
        null,
        "more than "
            + allowance.limit().perMinute()
            + " requests per minute: try again in "
            + allowance.retrySeconds()
            + " s");
  }

  private static Optional<Kind> kind(int status) {
    return switch (status) {
      case 403 -> Optional.of(Kind.FORBIDDEN);
      case 409 -> Optional.of(Kind.CONFLICT);
      case 429 -> Optional.of(Kind.LIMITED);
      default -> Optional.empty();
    };
  }

  private record Who(OrganizationId organization, String client) {}

  private void add(Kind kind, Who who, Request request, Response answer) {
    var head = request.head();
    var facts = new HashMap<>(answer.notes());
    facts.put("method", head.method());
    facts.put("path", "/" + String.join("/", head.path()));
    organizations
        .refusals()
        .add(
            new Refusal(
                kind, who.organization(), who.client(), head.correlation(), head.remote(), facts));
  }
}
