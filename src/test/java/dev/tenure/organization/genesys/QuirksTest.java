package dev.tenure.organization.genesys;

import static dev.tenure.organization.genesys.Cloud.email;
import static dev.tenure.organization.genesys.Cloud.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.OrganizationConfig;
import dev.tenure.organization.Platform;
import dev.tenure.organization.Quirk;
import dev.tenure.organization.TestServer;
import dev.tenure.organization.limit.RateLimits;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What an organization can say of itself where Genesys Cloud does it to some only.
class QuirksTest {
  private static TestServer with(Set<Quirk> quirks, boolean limited) {
    var c = TestServer.configs().getLast();
    var config =
        new OrganizationConfig(
            c.id(),
            c.profile(),
            c.reading(),
            c.deactivation(),
            c.divisions(),
            c.licences(),
            c.roles(),
            c.clients(),
            c.lifecycle(),
            c.groups(),
            RateLimits.usual(limited),
            c.registry(),
            new Platform(quirks, List.of(), List.of()));
    return TestServer.start(List.of(config));
  }

  @Test
  void withoutQuirksTheInactiveKeepTheirRolesAndLargePagesAreAnswered() {
    try (var server = with(Set.of(), false)) {
      var cloud = Cloud.of(server);
      var id = cloud.user(email(), ", \"roles\": [{\"value\": \"Agent\"}]").id();
      var off = "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}";
      var answer = ok(200, cloud.scim().change("/Users/" + id, off));
      assertThat(answer.text("/roles/0/value")).isEqualTo("Agent");
      ok(200, cloud.scim().get("/Users?count=100"));
      ok(200, cloud.scim().get("/Groups"));
    }
  }

  @Test
  void withAllOfThemCostlyPagesAndUnfilteredGroupsAreRefused() {
    try (var server = with(Set.of(Quirk.values()), true)) {
      var cloud = Cloud.of(server);
      var page = cloud.scim().get("/Users?count=26");
      assertThat(page.status()).isEqualTo(429);
      ok(200, cloud.scim().get("/Users?count=25"));
      ok(200, cloud.scim().get("/Users?count=100&attributes=id,active,userName,meta.version"));
      var without =
          "externalId,roles,"
              + Cloud.GENESYS
              + ":routingSkills,"
              + Cloud.GENESYS
              + ":routingLanguages";
      ok(200, cloud.scim().get("/Users?count=100&excludedAttributes=" + without));
      assertThat(cloud.scim().get("/groups").status()).isEqualTo(400);
      ok(200, cloud.scim().filter("/groups", "displayName eq \"x\""));
      ok(200, cloud.scim().at("/api/v2/scim").get("/groups"));
      limits(cloud);
    }
  }

  private static void limits(Cloud cloud) {
    var answer = ok(200, cloud.platform().get("/organizations/limits/namespaces/platform.api"));
    assertThat(answer.header("inin-ratelimit-allowed")).isEqualTo("300");
    assertThat(answer.header("inin-ratelimit-count")).matches("[1-9][0-9]*");
    assertThat(answer.header("inin-ratelimit-reset")).matches("[0-9]+");
    assertThat(answer.text("/entities/0/key"))
        .isEqualTo("client.credentials.token.rate.per.minute");
    assertThat(answer.json().at("/entities/0/value").asInt()).isEqualTo(300);
  }
}
