package dev.tenure.organization.scim;

import static dev.tenure.organization.scim.Soundness.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Calls;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests that are wrong around their bodies: paths, methods, tokens, versions, media types,
/// size.
@Timeout(60)
class BadRequestsOverHttpTest {
  private static final String LONG = "x".repeat(100_000);
  private static TestServer server;
  private static Calls acme;
  private static String user;
  private static String group;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    acme = server.acme();
    user = "/Users/" + acme.post("/Users", "{\"userName\": \"victim@x\"}").id();
    group = "/Groups/" + acme.post("/Groups", "{\"displayName\": \"Victims\"}").id();
  }

  @AfterAll
  static void stop() {
    assertThat(acme.get(user).text("/meta/version")).isEqualTo("W/\"1\"");
    assertThat(acme.get(group).text("/meta/version")).isEqualTo("W/\"1\"");
    server.close();
  }

  @Test
  void forgedVersions() {
    for (var tag :
        List.of(
            "x",
            "W/\"x\"",
            "\"",
            "W/\"999999999999999999999\"",
            "-1",
            ",,,",
            LONG.substring(0, 8_000))) {
      var forged = acme.with("If-Match", tag);
      var title = "{\"op\": \"add\", \"path\": \"title\", \"value\": \"forged\"}";
      assertRefused(forged.put(user, "{\"userName\": \"victim@x\"}"), 412);
      assertRefused(forged.change(user, title), 412);
      assertRefused(forged.delete(user), 412);
      assertRefused(forged.delete(group), 412);
      assertThat(acme.with("If-None-Match", tag).get(user).status()).isEqualTo(200);
    }
    assertThat(acme.get(user).json().has("title")).isFalse();
  }

  @Test
  void tokensThatAreNone() {
    var foreign = server.scim(TestServer.OTHER).token();
    for (var token :
        List.of(
            "x",
            foreign,
            acme.token() + "x",
            acme.token().toUpperCase(java.util.Locale.ROOT),
            "tnr_acme_" + "é".repeat(43).replace("é", "-"),
            "Bearer",
            LONG.substring(0, 10_000))) {
      for (var path : List.of("/Users", user, "/nothing", "/Bulk", "/Me", "/", "/Schemas")) {
        var refused = acme.as(token).get(path);
        assertRefused(refused, 401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
      }
      assertRefused(acme.as(token).post("/Users", "{"), 401);
    }
    for (var field : List.of("Basic eDp5", "Bearer", "bearer  ", "Digest x", "")) {
      var refused = acme.as("").with("Authorization", field).get("/Users");
      assertRefused(refused, 401);
      assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    }
  }

  @Test
  void unknownPathsAndMethods() {
    for (var path :
        List.of(
            "/nothing",
            "/Users/x",
            "/Users/x/y",
            user + "/title",
            "/Users/%00",
            "/Users/%2F",
            "/Groups/%F0%9F%98%80",
            "/Schemas/x",
            "/ResourceTypes/x",
            "/ServiceProviderConfig/x",
            "/Users/" + LONG.substring(0, 20_000),
            "/..%2f..%2fetc",
            "/Users;x=1",
            "/.search/x")) {
      assertRefused(acme.get(path), 404, 405);
    }
    for (var path :
        List.of("/Users", user, "/Groups", group, "/Bulk", "/Schemas", "/", "/.search")) {
      for (var method : List.of("TRACE", "OPTIONS", "FOO", "COPY", "M-SEARCH")) {
        var refused = acme.send(method, path, "");
        assertRefused(refused, 405);
        assertThat(refused.header("Allow")).isNotBlank();
      }
    }
    var elsewhere = new Calls(server, "", acme.token(), List.of());
    for (var path : List.of("/", "/acme", "/acme/scim", "/acme/scim/v1/Users", "/scim/v2/Users")) {
      assertRefused(elsewhere.get(path), 401, 404);
    }
  }

  @Test
  void mediaTypesThatAreNoJson() {
    for (var media :
        List.of("text/plain", "application/xml", "", "x", "multipart/form-data; a=b")) {
      assertRefused(acme.with("Content-Type", media).post("/Users", "{}"), 400, 415);
    }
    assertThat(
            acme.with("Content-Type", "application/SCIM+JSON; charset=UTF-8")
                .post("/Users/.search", "{\"count\": 0}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void bodiesOverTheLimit() {
    for (int size : new int[] {4_200_000, 7_000_000}) {
      var body = "{\"userName\": \"" + "x".repeat(size) + "\"}";
      assertRefused(acme.post("/Users", body), 413);
    }
    assertRefused(acme.as("nobody").post("/Users", "x".repeat(1_000_000)), 401);
  }
}
