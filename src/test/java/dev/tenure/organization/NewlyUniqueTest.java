package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Calls;
import dev.tenure.organization.registry.Registry;
import dev.tenure.scim.ScimJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An attribute that becomes unique, or is compared in another way, while there are resources.
class NewlyUniqueTest {
  private static final String URN = "urn:x:Tagged";
  private static TestServer server;
  private static Calls acme;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Declares `tag` with these characteristics for users, groups and things.
  private static void declare(String characteristics) {
    var registry =
        """
        {"schemas": [{"id": "urn:x:Tagged", "attributes": [{"name": "tag"%s}]},
          {"id": "urn:x:Thing", "attributes": [{"name": "label"}]}],
         "resourceTypes": [
          {"name": "User", "schemaExtensions": [{"schema": "urn:x:Tagged"}]},
          {"name": "Group", "schemaExtensions": [{"schema": "urn:x:Tagged"}]},
          {"name": "Thing", "endpoint": "/Things", "schema": "urn:x:Thing",
           "schemaExtensions": [{"schema": "urn:x:Tagged"}]}]}
        """
            .formatted(characteristics);
    var config = TestServer.configs().getFirst();
    server
        .organizations()
        .declare(
            List.of(
                new OrganizationConfig(
                    config.id(),
                    config.profile(),
                    config.reading(),
                    config.deactivation(),
                    config.divisions(),
                    config.licences(),
                    config.roles(),
                    config.clients(),
                    config.lifecycle(),
                    config.groups(),
                    config.rateLimits(),
                    Registry.read(ScimJson.read(registry)),
                    config.platform())));
  }

  private static String body(String tag) {
    var name = java.util.UUID.randomUUID();
    return """
    {"userName": "%1$s", "displayName": "%1$s", "%2$s": {"tag": "%3$s"}}\
    """
        .formatted(name, URN, tag);
  }

  private static int post(String endpoint, String tag) {
    return acme.post(endpoint, body(tag)).status();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users", "/Groups", "/Things"})
  void whatIsStoredAlreadyCountsWhenAnAttributeBecomesUnique(String endpoint) {
    declare("");
    var older = acme.post(endpoint, body(endpoint + "A")).id();
    Stream.of("A", "a", "b").forEach(t -> assertThat(post(endpoint, endpoint + t)).isEqualTo(201));
    declare(", \"uniqueness\": \"server\"");
    var taken = acme.post("/Users", body(endpoint + "a"));
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.text("/detail")).contains(older);
    assertThat(post(endpoint, endpoint + "B")).isEqualTo(409);
    assertThat(post(endpoint, endpoint + "c")).isEqualTo(201);
    declare(", \"uniqueness\": \"server\", \"caseExact\": true");
    assertThat(post("/Things", endpoint + "C")).isEqualTo(201);
    assertThat(post("/Things", endpoint + "c")).isEqualTo(409);
    declare("");
    assertThat(post("/Things", endpoint + "c")).isEqualTo(201);
  }
}
