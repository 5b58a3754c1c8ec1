package dev.tenure.target.genesys;

import dev.tenure.config.Secret;
import dev.tenure.id.AccountId;
import dev.tenure.organization.Deactivation;
import dev.tenure.organization.Lifecycle;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.organization.Profile;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.target.Budget;
import dev.tenure.target.Deviations;
import dev.tenure.target.scim.ScimTarget.Common;
import dev.tenure.target.scim.ScimTarget.Waiting;
import dev.tenure.testkit.Relay;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A hosted organization in the profile `genesys`, reached over HTTP by way of a relay, with a
/// client's id and secret.
public final class GenesysOrganization implements AutoCloseable {
  private static final String CLIENT = "cloud.okta";
  private final TestServer server;
  private final Relay relay;

  /// `recreation`: what a creation does that has the address of a deleted user.
  public GenesysOrganization(Recreation recreation) {
    server = TestServer.start(List.of(config(recreation)));
    relay = new Relay(server.address(""));
  }

  private static OrganizationConfig config(Recreation recreation) {
    var usual = TestServer.config(TestServer.CLOUD, Profile.GENESYS, Deactivation.LOCK);
    var lifecycle = usual.lifecycle();
    return new OrganizationConfig(
        usual.id(),
        usual.profile(),
        usual.reading(),
        usual.deactivation(),
        usual.divisions(),
        usual.licences(),
        usual.roles(),
        usual.clients(),
        new Lifecycle(lifecycle.deletion(), lifecycle.retention(), recreation, lifecycle.unique()),
        usual.groups(),
        usual.rateLimits(),
        usual.registry(),
        usual.platform());
  }

  public GenesysTarget target(Budget budget) {
    return target(budget, TestServer.SECRET);
  }

  public GenesysTarget target(Budget budget, String secret) {
    return target(budget, config(secret));
  }

  /// For rules that write nothing that is costly.
  GenesysTarget sparing() {
    return target(Budget.UNLIMITED, config(TestServer.SECRET).writing(Set.of()));
  }

  private GenesysTargetConfig config(String secret) {
    return GenesysTargetConfig.at(
        relay.address(), CLIENT, new Secret(secret), Duration.ofSeconds(20));
  }

  private static GenesysTarget target(Budget budget, GenesysTargetConfig config) {
    return new GenesysTarget(
        config,
        Schemas.standard().user(),
        new Waiting(
            Clock.systemUTC(),
            wait -> {
              throw new AssertionError("nothing to wait for");
            }),
        new Common(budget, Deviations.inMemory()));
  }

  public Relay relay() {
    return relay;
  }

  public TestServer server() {
    return server;
  }

  /// Platform calls of somebody else.
  public Calls platform() {
    return server.calls(TestServer.CLOUD).with("Content-Type", "application/json").at("/api/v2");
  }

  /// A user as the platform has them, in whatever state.
  public Answer user(AccountId id) {
    return platform().get("/users/" + id.value() + "?state=any");
  }

  @Override
  public void close() {
    relay.close();
    server.close();
  }
}
