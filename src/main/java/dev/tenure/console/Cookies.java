package dev.tenure.console;

import dev.tenure.config.Secret;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import java.util.Optional;

/// The cookies: who is signed in, who is on the way to the provider and back, and whether pages are
/// light or dark.
///
/// Over TLS those of the session and of the way have the prefix `__Host-` (RFC 6265bis §4.1.3.2):
/// no other host and no page over plain HTTP can set it.
final class Cookies {
  private static final String SESSION = "tenure";
  private static final String TRIP = "tenure-openid";
  private static final String THEME = "tenure-theme";
  private static final int YEAR = 31_536_000;

  private Cookies() {}

  static Optional<Secret> session(Request request) {
    return read(request, name(request, SESSION)).map(Secret::new);
  }

  static Optional<Secret> trip(Request request) {
    return read(request, name(request, TRIP)).map(Secret::new);
  }

  /// `light`, `dark`, or empty for what the system says.
  static String theme(Request request) {
    return read(request, THEME).filter(t -> t.equals("light") || t.equals("dark")).orElse("");
  }

  static Response withSession(Request request, Response response, Secret token) {
    return set(request, response, name(request, SESSION) + "=" + token.reveal() + "; HttpOnly");
  }

  static Response withoutSession(Request request, Response response) {
    return set(request, response, name(request, SESSION) + "=; HttpOnly; Max-Age=0");
  }

  /// Comes back with the browser from another site, hence not `Strict`.
  static Response withTrip(Request request, Response response, Secret token) {
    var cookie = name(request, TRIP) + "=" + token.reveal() + "; HttpOnly; Max-Age=600";
    return set(request, response, cookie, "Lax");
  }

  static Response withoutTrip(Request request, Response response) {
    return set(request, response, name(request, TRIP) + "=; HttpOnly; Max-Age=0", "Lax");
  }

  static Response withTheme(Request request, Response response, String theme) {
    int age = theme.isEmpty() ? 0 : YEAR;
    return set(request, response, THEME + "=" + theme + "; HttpOnly; Max-Age=" + age);
  }

  private static Response set(Request request, Response response, String cookie) {
    return set(request, response, cookie, "Strict");
  }

  private static Response set(Request request, Response response, String cookie, String site) {
    var secure = isSecure(request) ? "; Secure" : "";
    return response.with("Set-Cookie", cookie + "; Path=/; SameSite=" + site + secure);
  }

  private static String name(Request request, String name) {
    return isSecure(request) ? "__Host-" + name : name;
  }

  static boolean isSecure(Request request) {
    return request.origin().startsWith("https:");
  }

  private static Optional<String> read(Request request, String name) {
    for (var line : request.head().headers().fields().getOrDefault("Cookie", java.util.List.of())) {
      for (var pair : line.split(";", -1)) {
        var cookie = pair.strip();
        if (cookie.startsWith(name + "=")) return Optional.of(cookie.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }
}
