package dev.tenure.admin;

import dev.tenure.access.Role;
import dev.tenure.http.AddressRange;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Tls;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.ClientRole;
import dev.tenure.organization.Clients;
import dev.tenure.organization.Clients.Kind;
import dev.tenure.organization.Clients.NewClient;
import dev.tenure.organization.Clients.Rotation;
import dev.tenure.organization.Clients.Shown;
import dev.tenure.organization.Conditions;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Scope;
import dev.tenure.view.ClientJson;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The clients of an organization, and what they prove themselves with, which is handed out once.
/// What the file owns is `DECLARED_IN_FILE`.
record ClientDesk(Organizations organizations) {
  private static final String CLIENTS = OrganizationDesk.PATH + "/clients";
  private static final String ONE = CLIENTS + "/{client}";
  private static final String CREDENTIAL = "credential";

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look(CLIENTS, (d, r) -> d.clients().list(r)),
          Operation.look(ONE, (d, r) -> d.clients().one(r)),
          new Operation("POST", CLIENTS, Role.ADMINISTRATOR, (d, r) -> d.clients().create(r)),
          Operation.rule("POST", ONE + "/rotate", (d, r) -> d.clients().rotate(r)),
          new Operation("DELETE", ONE, Role.ADMINISTRATOR, (d, r) -> d.clients().revoke(r)),
          new Operation(
              "DELETE",
              ONE + "/credentials/{credential}",
              Role.ADMINISTRATOR,
              (d, r) -> d.clients().revokeCredential(r)));

  private static final int HOURS_MAX = 8_760;

  private OrganizationId organization(Request request, String... parameters) {
    Wanted.query(request, Set.of(parameters));
    return Wanted.organization(request, organizations);
  }

  private static String client(Request request) {
    return Wanted.name(request, "client");
  }

  private Clients clients() {
    return organizations.clients();
  }

  /// In the order of their names, without how they speak.
  private ObjectNode list(Request request) {
    var id = organization(request, Page.LIMIT, Page.AFTER);
    var all = clients().list(id).stream().sorted(Comparator.comparing(Shown::name)).toList();
    var page = Page.among(all, Shown::name, request);
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("clients");
    page.entries().forEach(client -> list.add(ClientJson.of(client)));
    return page.next(answer, request, last -> Map.of(Page.AFTER, last.name()));
  }

  /// Throws `CLIENT_UNKNOWN`.
  private ObjectNode one(Request request) {
    return ClientJson.whole(clients().show(organization(request), client(request)));
  }

  /// Throws `CLIENT_EXISTS`.
  private Response create(Request request) {
    var id = organization(request);
    var fields =
        Fields.of(
            request,
            Set.of("name", "role", "scopes", "kinds", "days", "addresses", "certificates", "keys"));
    var client = newClient(fields);
    var handed = clients().create(id, client);
    return Operation.json(201, ClientJson.handed(id, handed, request.origin()))
        .with("Location", AdminApi.ROOT + "/organizations/" + id + "/clients/" + client.name());
  }

  private static NewClient newClient(Fields fields) {
    var name = fields.required("name");
    if (!Clients.isName(name)) {
      throw new HttpFailure(400, "a client's name is 1 to 40 of letters, digits, _ and -");
    }
    var title = fields.words("role").orElse(ClientRole.USER_MANAGEMENT.title());
    var role = ClientRole.named(title).orElseThrow(() -> Fields.oneOf("role", ClientRole.titles()));
    var scopes = fields.texts("scopes").orElse(List.of());
    if (!Scope.all().containsAll(scopes)) throw Fields.oneOf("scopes", Scope.all());
    var conditions = conditions(fields);
    var usual = conditions.isProof() ? Set.<Kind>of() : Set.of(Kind.SECRET);
    var kinds = fields.choices("kinds", Kind.class).orElse(usual);
    if (kinds.isEmpty() && !conditions.isProof()) {
      throw new HttpFailure(400, "kinds, certificates or keys say how it proves who it is");
    }
    return new NewClient(name, role, scopes, kinds, life(fields), conditions);
  }

  private static Conditions conditions(Fields fields) {
    var addresses =
        fields.texts("addresses").orElse(List.of()).stream()
            .map(text ->
                AddressRange.parse(text)
                    .orElseThrow(
                        () -> new HttpFailure(400, "addresses are ranges such as 10.0.0.0/8")))
            .toList();
    var certificates =
        fields.texts("certificates").orElse(List.of()).stream()
            .flatMap(pem -> thumbprints(pem).stream())
            .toList();
    try {
      return Conditions.of(addresses, certificates, fields.json("keys"));
    } catch (IllegalArgumentException e) {
      throw new HttpFailure(400, "keys: " + e.getMessage());
    }
  }

  private static List<String> thumbprints(String pem) {
    try {
      return Tls.thumbprints(pem);
    } catch (CertificateException e) {
      throw new HttpFailure(400, "certificates are PEM texts: " + e.getMessage());
    }
  }

  /// 0 days: until it is revoked.
  private static Optional<Duration> life(Fields fields) {
    var life = fields.count("days", OrganizationDesk.DAYS_MAX).map(Duration::ofDays);
    return Optional.of(life.orElse(Clients.LIFE)).filter(Duration::isPositive);
  }

  /// Hands out new ones; those that it has live on for the overlap.
  private ObjectNode rotate(Request request) {
    var id = organization(request);
    var fields = Fields.of(request, Set.of("kinds", "days", "overlapHours"));
    var overlap = fields.count("overlapHours", HOURS_MAX).map(Duration::ofHours);
    var kinds = fields.choices("kinds", Kind.class).orElse(Set.of());
    var rotation = new Rotation(overlap.orElse(Clients.OVERLAP), kinds, life(fields));
    var handed = clients().rotate(id, client(request), rotation);
    return ClientJson.handed(id, handed, request.origin());
  }

  /// Ends the client with all that it has.
  private Response revoke(Request request) {
    var id = organization(request);
    Wanted.body(request, Set.of());
    clients().revoke(id, client(request));
    return Response.of(204);
  }

  private Response revokeCredential(Request request) {
    var id = organization(request);
    Wanted.body(request, Set.of());
    clients().revoke(id, client(request), Wanted.variable(request, CREDENTIAL));
    return Response.of(204);
  }
}
