package dev.tenure.dialect;

import dev.tenure.id.OrganizationId;
import dev.tenure.organization.ClientRole;
import dev.tenure.organization.Clients.Kind;
import dev.tenure.organization.Clients.NewClient;
import dev.tenure.organization.Conditions;
import dev.tenure.organization.Deactivation;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.organization.Profile;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A started server with two organizations that differ in how they read, and clients as an
/// administrator makes them for an identity provider.
final class Places {
  static final OrganizationId TOLERANT = TestServer.ACME;
  static final OrganizationId STRICT = new OrganizationId("strict");

  private Places() {}

  static TestServer start() {
    return TestServer.start(
        List.of(config(TOLERANT, Reading.TOLERANT), config(STRICT, Reading.STRICT)));
  }

  /// One more tolerant organization.
  static OrganizationId another(TestServer server, String name) {
    var id = new OrganizationId(name);
    server.organizations().declare(List.of(config(id, Reading.TOLERANT)));
    return id;
  }

  private static OrganizationConfig config(OrganizationId id, Reading reading) {
    var usual = TestServer.config(id, Profile.STANDARD, Deactivation.LOCK);
    return new OrganizationConfig(
        id,
        usual.profile(),
        reading,
        usual.deactivation(),
        usual.divisions(),
        usual.licences(),
        usual.roles(),
        List.of(),
        usual.lifecycle(),
        usual.groups(),
        usual.rateLimits(),
        usual.registry(),
        usual.platform());
  }

  /// Calls as a new client of this name, with a long-lived bearer token.
  static Calls client(TestServer server, OrganizationId organization, String name) {
    var wanted =
        new NewClient(
            name,
            ClientRole.USER_MANAGEMENT,
            List.of(),
            Set.of(Kind.TOKEN),
            Optional.empty(),
            Conditions.NONE);
    var token = server.organizations().clients().create(organization, wanted).token();
    return server.scim(organization).as(token.orElseThrow().reveal());
  }
}
