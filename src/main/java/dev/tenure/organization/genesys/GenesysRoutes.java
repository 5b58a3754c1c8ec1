package dev.tenure.organization.genesys;

import dev.tenure.http.Handler;
import dev.tenure.http.Request;
import dev.tenure.http.Routes;
import dev.tenure.organization.Endpoint;
import dev.tenure.organization.Organization;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Quirk;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.oauth.Bearer;
import dev.tenure.organization.scim.Call;
import dev.tenure.organization.scim.ScimService;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;

/// The Genesys Cloud forms of the endpoints: SCIM in both path forms, and the platform calls.
public final class GenesysRoutes {
  private static final String V2 = "/api/v2/scim/v2";
  private static final String PLAIN = "/api/v2/scim";
  private static final String CORRELATION = "ININ-Correlation-Id";
  private final Bearer bearer;
  private final ScimService service;
  private final Desk desk;

  public GenesysRoutes(Organizations organizations) {
    this.bearer = new Bearer(organizations);
    this.service = new ScimService(organizations);
    this.desk = new Desk(organizations);
  }

  public Routes routes() {
    return new Routes()
        .any(V2 + "/{rest...}", traced(Answers.guarded(scim(V2))))
        .any(PLAIN + "/{rest...}", traced(Answers.guarded(scim(PLAIN))))
        .any("/api/v2/{rest...}", traced(guarded(platform())));
  }

  private Routes platform() {
    return new Routes()
        .addAll(new TokensApi(desk).routes())
        .addAll(new SearchApi(desk).routes())
        .addAll(new ExternalIdsApi(desk).routes())
        .addAll(new UsersApi(desk).routes())
        .addAll(new UserRoutingApi(desk).routes())
        .addAll(new GroupsApi(desk).routes())
        .addAll(new MembersApi(desk).routes())
        .addAll(new AuthorizationApi(desk).routes())
        .addAll(new SubjectsApi(desk).routes())
        .addAll(new LicenceApi(desk).routes())
        .addAll(new RoutingApi(desk).routes())
        .addAll(new OrganizationApi(desk).routes())
        .addAll(new AuditsApi(desk).routes());
  }

  private static Handler guarded(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (RuntimeException e) {
        return Failure.of(request, e);
      }
    };
  }

  /// With what the vendor's support asks for.
  private static Handler traced(Handler handler) {
    return request -> handler.handle(request).with(CORRELATION, request.head().correlation());
  }

  private Handler scim(String prefix) {
    return request -> {
      var caller = bearer.enter(request);
      var endpoint =
          new Endpoint(
              caller.organization(), request.origin() + prefix, caller.client().seesUsers());
      var call = new Call(request, caller.client(), endpoint, request.variable("rest"));
      if (prefix.equals(V2)) requireFilter(caller.organization(), request);
      return Bearer.as(caller, request, () -> service.answer(call));
    };
  }

  /// The definition of the first family says that a list of groups has a filter.
  private static void requireFilter(Organization organization, Request request) {
    if (!organization.has(Quirk.GROUP_LISTS_NEED_FILTER)) return;
    if (!request.method().equals("GET")) return;
    if (!request.variable("rest").equalsIgnoreCase("groups")) return;
    if (request.query().first("filter").isEmpty()) {
      throw ScimException.bad(
          ScimType.invalidFilter,
          "a list of groups needs a filter here: or use /api/v2/scim/groups");
    }
  }
}
