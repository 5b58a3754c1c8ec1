package dev.tenure.testkit;

import dev.tenure.scim.ScimJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a client of a hosted organization sees over HTTP. `base` is the organization's address,
/// without `/scim/v2`.
public record ScimCalls(URI base, String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private static final int PAGE = 100;

  /// An answer.
  public record Answer(int status, String body) {
    public JsonNode json() {
      return ScimJson.read(body);
    }

    public String text(String pointer) {
      return json().at(pointer).asString("");
    }
  }

  /// Every user, active or not.
  public List<JsonNode> users() {
    var users = new ArrayList<JsonNode>();
    for (var state : List.of("true", "false")) {
      var filter = "active eq " + state;
      for (var start = 1; start == 1 || start <= total(filter); start += PAGE) {
        page(filter, start).path("Resources").forEach(users::add);
      }
    }
    return users;
  }

  /// How many users match.
  public int total(String filter) {
    return page(filter, 1).path("totalResults").asInt(-1);
  }

  /// The only user of this userName.
  public JsonNode user(String userName) {
    var found = page("userName eq \"" + userName + "\"", 1).path("Resources");
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " users have the userName " + userName);
    }
    return found.get(0);
  }

  private JsonNode page(String filter, int start) {
    var query = "?filter=%s&startIndex=%d&count=%d".formatted(encoded(filter), start, PAGE);
    var answer = send("GET", "/scim/v2/Users" + query, "");
    if (answer.status() != 200) throw new AssertionError(answer.toString());
    return answer.json();
  }

  /// Makes a user of this JSON; gives its id.
  public String create(String user) {
    var answer = send("POST", "/scim/v2/Users", user);
    if (answer.status() != 201) throw new AssertionError(answer.toString());
    return answer.text("/id");
  }

  /// Begins a session of a user in an application; gives its token.
  public String session(String userName) {
    var user = user(userName).path("id").asString("");
    var answer = send("POST", "/sessions", "{\"user\":\"" + user + "\"}");
    if (answer.status() != 201) throw new AssertionError(answer.toString());
    return answer.text("/token");
  }

  /// Whether a session lives (RFC 7662).
  public boolean lives(String session) {
    return send("POST", "/introspect", "token=" + encoded(session))
        .json()
        .path("active")
        .booleanValue();
  }

  public Answer send(String method, String path, String body) {
    var form = path.equals("/introspect");
    var type = form ? "application/x-www-form-urlencoded" : "application/scim+json";
    return send(method, path, new Body(type, body));
  }

  /// What is sent, and what it is said to be.
  public record Body(String type, String text) {}

  /// The same, of a body of another type.
  public Answer send(String method, String path, Body body) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", body.type())
            .method(method, BodyPublishers.ofString(body.text()))
            .build();
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(0, String.valueOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
