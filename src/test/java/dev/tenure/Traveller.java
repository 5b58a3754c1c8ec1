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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a browser does that goes from one site to another: keeps the cookies of all, and goes where
/// it is sent only when it is told to.
final class Traveller {
  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private static final Pattern COOKIE = Pattern.compile("([^=]+)=([^;]*)(.*)");
  private static final Pattern OVER = Pattern.compile("(?i).*(max-age=0|01 jan 1970).*");

  // Java's own jar puts those with `Max-Age` in quotes, as no browser does.
  private final Map<String, String> cookies = new TreeMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpResponse<String> get(URI at) {
    return send(HttpRequest.newBuilder(at).GET());
  }

  HttpResponse<String> post(URI at, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(f -> encoded(f.getKey()) + "=" + encoded(f.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(at)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /// With the token of our page that is asked for first.
  HttpResponse<String> post(URI page, String path) {
    var csrf = CSRF.matcher(get(page).body());
    return post(page.resolve(path), Map.of("csrf", csrf.find() ? csrf.group(1) : ""));
  }

  /// Follows redirects up to the first page, or to the address that begins so.
  HttpResponse<String> follow(HttpResponse<String> answer, String until) {
    var at = answer;
    while (at.statusCode() / 100 == 3 && !where(at).toString().startsWith(until)) {
      at = get(where(at));
    }
    return at;
  }

  /// Sends the form that the page has to where the page says.
  HttpResponse<String> fill(HttpResponse<String> page, Map<String, String> fields) {
    var action = ACTION.matcher(page.body());
    if (!action.find()) throw new AssertionError("no form: " + page.body());
    return post(page.uri().resolve(action.group(1)), fields);
  }

  /// Where an answer sends a browser.
  static URI where(HttpResponse<String> answer) {
    var to = answer.headers().firstValue("Location");
    return answer
        .uri()
        .resolve(to.orElseThrow(() -> new AssertionError(answer + " " + answer.body())));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      if (!cookies.isEmpty()) {
        request.header(
            "Cookie",
            cookies.entrySet().stream()
                .map(c -> c.getKey() + "=" + c.getValue())
                .collect(Collectors.joining("; ")));
      }
      request.timeout(Duration.ofSeconds(30));
      var answer = http.send(request.build(), BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String line) {
    var cookie = COOKIE.matcher(line);
    if (!cookie.matches()) throw new AssertionError(line);
    cookies.remove(cookie.group(1));
    if (!OVER.matcher(cookie.group(3)).matches()) cookies.put(cookie.group(1), cookie.group(2));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
