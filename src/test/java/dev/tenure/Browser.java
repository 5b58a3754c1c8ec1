package dev.tenure;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a browser does with the console, without one: keeps the cookie, fills forms in, and follows
/// no redirect by itself.
final class Browser {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private final URI base;
  private String cookie = "";

  /// `base` is the server's address.
  Browser(URI base) {
    this.base = base;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  /// With the token of the page that is asked for first.
  HttpResponse<String> post(String page, String path, Map<String, String> fields) {
    var all = new java.util.HashMap<>(fields);
    all.put("csrf", csrf(page));
    return bare(path, all, "Accept", "text/html");
  }

  String csrf(String page) {
    var found = CSRF.matcher(get(page).body());
    return found.find() ? found.group(1) : "";
  }

  /// A form with these fields only, and a header.
  HttpResponse<String> bare(String path, Map<String, String> fields, String name, String value) {
    var body =
        fields.entrySet().stream()
            .map(f -> encoded(f.getKey()) + "=" + encoded(f.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(name, value)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> signIn(String name, String password) {
    return bare(
        "/console/sign-in",
        Map.of("name", name, "password", password, "next", "/console/plans"),
        "Accept",
        "text/html");
  }

  String cookie() {
    return cookie;
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      answer
          .headers()
          .firstValue("Set-Cookie")
          .filter(c -> c.startsWith("tenure=") || c.startsWith("__Host-tenure="))
          .ifPresent(c -> cookie = c.substring(0, c.indexOf(';')));
      return answer;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
