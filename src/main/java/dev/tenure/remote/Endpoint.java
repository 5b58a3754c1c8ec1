package dev.tenure.remote;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.function.Supplier;

/// A SCIM server: `base` is the address above `/Users`, without a slash at its end; `token` is
/// asked for at each request; `timeout` is for one request with its answer.
public record Endpoint(URI base, Supplier<Secret> token, Duration timeout) {
  /// The usual time for one request.
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  public Endpoint {
    base = trimmed(base);
  }

  /// The address without a slash at its end.
  public static URI trimmed(URI address) {
    var text = address.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : address;
  }

  /// The web address under this key, without a query; a problem of the section where it is none.
  public static URI address(Section section, String key) {
    try {
      var uri = new URI(section.text(key));
      var isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (isWeb && uri.getHost() != null && uri.getQuery() == null) return uri;
    } catch (URISyntaxException e) {
      // Told below, with what is wanted.
    }
    section.problem(
        key,
        Code.CONFIG_VALUE,
        "this is not the address of a SCIM server",
        "write it as https://host/scim/v2");
    return URI.create("http://invalid");
  }

  /// The time under `timeout`.
  public static Duration timeout(Section section) {
    var timeout = section.duration("timeout", TIMEOUT);
    section.require(timeout.toMillis() > 0, "timeout", "must be more than nothing");
    return timeout;
  }
}
