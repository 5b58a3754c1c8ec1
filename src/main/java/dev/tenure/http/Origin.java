package dev.tenure.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a client thinks it talks to, as its request tells: by `X-Forwarded-Proto` and
/// `X-Forwarded-Host` of a proxy, else by `Host`. What they say goes into the addresses of the
/// answer to this request only, so that nobody can lead another astray by them.
final class Origin {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");

  private Origin() {}

  static String of(Headers headers, boolean secure) {
    var scheme =
        first(headers, "X-Forwarded-Proto")
            .filter(s -> s.equalsIgnoreCase("https") || s.equalsIgnoreCase("http"))
            .map(s -> s.toLowerCase(java.util.Locale.ROOT))
            .orElse(secure ? "https" : "http");
    var host = host(headers, "X-Forwarded-Host").or(() -> host(headers, "Host"));
    return scheme + "://" + host.orElse("localhost");
  }

  /// Only what can stand in an address as it is.
  private static Optional<String> host(Headers headers, String name) {
    return first(headers, name).filter(value -> HOST.matcher(value).matches());
  }

  /// That of the proxy which the client talks to.
  private static Optional<String> first(Headers headers, String name) {
    return headers.first(name).map(value -> value.split(",", 2)[0].strip());
  }
}
