package dev.tenure.organization;

import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.http.HttpServer;
import dev.tenure.http.Routes;
import dev.tenure.http.ServerConfig;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Licences.WhenFull;
import dev.tenure.organization.OrganizationConfig.ClientConfig;
import dev.tenure.organization.OrganizationConfig.Licence;
import dev.tenure.organization.OrganizationConfig.Role;
import dev.tenure.organization.genesys.GenesysRoutes;
import dev.tenure.organization.limit.RateLimits;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.oauth.SessionRoutes;
import dev.tenure.organization.oauth.TokenRoutes;
import dev.tenure.organization.registry.Registry;
import dev.tenure.organization.scim.ScimRoutes;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A started server with three organizations: `acme` and `other` (standard), `cloud` (genesys), and
/// a client for each of them that may do everything.
public final class TestServer implements AutoCloseable {
  public static final OrganizationId ACME = new OrganizationId("acme");
  public static final OrganizationId OTHER = new OrganizationId("other");
  public static final OrganizationId CLOUD = new OrganizationId("cloud");
  public static final String SECRET = "a-secret-of-okta-0123456789";
  public static final String VIEWER = "the-viewers-token-0123456789";
  public static final String USERS_ONLY = "the-token-with-the-scope-users";
  public static final String QUIET = "the-token-that-wants-204-after-patch";
  public static final String NO_GRANTS = "the-token-without-authorization";
  private final HttpClient http = HttpClient.newHttpClient();
  private final Database database = TestDatabase.fresh();
  private final SecureRandom random = new SecureRandom();
  private final Organizations organizations;
  private final HttpServer server;

  private TestServer(List<OrganizationConfig> configs, Clock clock) {
    organizations = new Organizations(database, clock, random);
    organizations.declare(configs);
    var routes =
        new Routes()
            .addAll(new TokenRoutes(organizations).routes())
            .addAll(new GenesysRoutes(organizations).routes())
            .addAll(new SessionRoutes(organizations).routes())
            .addAll(new ScimRoutes(organizations).routes());
    server = HttpServer.start(ServerConfig.at("127.0.0.1", 0), random, routes, Answers::failure);
  }

  public static TestServer start() {
    return start(configs());
  }

  /// With these organizations.
  public static TestServer start(List<OrganizationConfig> configs) {
    return start(configs, Clock.systemUTC());
  }

  /// With these organizations, for which it is as late as this clock says.
  public static TestServer start(List<OrganizationConfig> configs, Clock clock) {
    return new TestServer(configs, clock);
  }

  public static List<OrganizationConfig> configs() {
    return List.of(
        config(ACME, Profile.STANDARD, Deactivation.LOCK),
        config(OTHER, Profile.STANDARD, Deactivation.DELETE),
        config(CLOUD, Profile.GENESYS, Deactivation.LOCK));
  }

  public static OrganizationConfig config(
      OrganizationId id, Profile profile, Deactivation deactivation) {
    return new OrganizationConfig(
        id,
        profile,
        Reading.TOLERANT,
        deactivation,
        List.of("Home", "Sales"),
        List.of(
            new Licence("CX2", "CX 2", 2, new BigDecimal("115.00"), "EUR", WhenFull.OVERDRAW),
            new Licence("CX3", "CX 3", 10, new BigDecimal("155.00"), "EUR", WhenFull.OVERDRAW)),
        List.of(
            new Role("Agent", Optional.of("CX2")),
            new Role("Supervisor", Optional.of("CX3")),
            new Role("Guest", Optional.empty())),
        List.of(
            client("okta", ClientRole.USER_MANAGEMENT, List.of(), Optional.empty()),
            client("viewer", ClientRole.VIEWER, List.of(), Optional.of(VIEWER)),
            client("narrow", ClientRole.USER_MANAGEMENT, List.of("users"), Optional.of(USERS_ONLY)),
            client("quiet", ClientRole.USER_MANAGEMENT, List.of(), Optional.of(QUIET)),
            client(
                "entra",
                ClientRole.USER_MANAGEMENT,
                List.of("users", "groups"),
                Optional.of(NO_GRANTS))),
        profile.lifecycle(),
        List.of(),
        RateLimits.usual(false),
        Registry.NONE,
        new Platform(
            profile.quirks(),
            List.of("Billing", "Chess", "billing"),
            List.of("English", "French")));
  }

  private static ClientConfig client(
      String name, ClientRole role, List<String> scopes, Optional<String> token) {
    return new ClientConfig(
        name,
        role,
        scopes,
        token.map(Secret::new),
        Optional.of(new Secret(SECRET)),
        Optional.empty(),
        new Conditions(List.of(), List.of(), Optional.empty(), name.equals("quiet") ? 204 : 200));
  }

  public Organizations organizations() {
    return organizations;
  }

  public Database database() {
    return database;
  }

  /// Calls `/acme/scim/v2`, as a client that may do everything.
  public Calls acme() {
    return scim(ACME);
  }

  public Calls scim(OrganizationId organization) {
    return calls(organization).at("/" + organization + "/scim/v2");
  }

  /// Calls with a token of this organization, from the server's root.
  public Calls calls(OrganizationId organization) {
    var token = organizations.credentials().issue(organization, "test", Duration.ofHours(1));
    return new Calls(this, "", token.reveal(), List.of());
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  @Override
  public void close() {
    server.close();
    organizations.dialects().flush();
    database.close();
  }

  /// Requests with a token; `headers` alternate name and value.
  public record Calls(TestServer server, String prefix, String token, List<String> headers) {
    public Calls at(String newPrefix) {
      return new Calls(server, newPrefix, token, headers);
    }

    public Calls with(String name, String value) {
      return new Calls(server, prefix, token, List.of(name, value));
    }

    public Calls as(String newToken) {
      return new Calls(server, prefix, newToken, headers);
    }

    public Answer get(String path) {
      return send("GET", path, "");
    }

    public Answer post(String path, String body) {
      return send("POST", path, body);
    }

    public Answer put(String path, String body) {
      return send("PUT", path, body);
    }

    public Answer patch(String path, String body) {
      return send("PATCH", path, body);
    }

    public Answer delete(String path) {
      return send("DELETE", path, "");
    }

    /// One PATCH operation per text, such as `{"op": "remove", "path": "title"}`.
    public Answer change(String path, String... operations) {
      return patch(
          path,
          """
          {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}\
          """
              .formatted(String.join(",", operations)));
    }

    public Answer filter(String resource, String filter) {
      return get(resource + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    public Answer send(String method, String path, String body) {
      var request =
          HttpRequest.newBuilder(server.address(prefix + path))
              .method(method, HttpRequest.BodyPublishers.ofString(body));
      if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
      if (!headers.contains("Content-Type") && !body.isEmpty()) {
        request.header("Content-Type", "application/scim+json");
      }
      for (int i = 0; i < headers.size(); i += 2) {
        request.header(headers.get(i), headers.get(i + 1));
      }
      try {
        return new Answer(server.http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /// An answer.
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      return ScimJson.read(response.body());
    }

    public String id() {
      return json().path("id").asString("");
    }

    public String text(String pointer) {
      return json().at(pointer).asString("");
    }

    public long total() {
      return json().path("totalResults").asLong(-1);
    }
  }
}
