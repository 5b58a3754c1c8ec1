package dev.tenure.trace;

import dev.tenure.config.Secret;
import dev.tenure.config.Section;
import dev.tenure.problem.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Section `traces`. `endpoint`: where spans are sent, by OTLP over HTTP; `headers`: what else is
/// sent along; `ratio`: the share of trees that is recorded, 0 to 1; `propagate`: every SCIM server
/// and token endpoint is sent `traceparent`.
public record TracesConfig(
    URI endpoint, Map<String, Secret> headers, double ratio, boolean propagate) {
  /// Where a collector takes traces (OTLP, "OTLP/HTTP Request").
  private static final String PATH = "/v1/traces";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  public TracesConfig {
    headers = Map.copyOf(headers);
  }

  public static TracesConfig read(Section section) {
    var headers = new LinkedHashMap<String, Secret>();
    section.section("headers").ifPresent(h -> h.keys().forEach(name -> field(h, name, headers)));
    var endpoint = endpoint(section);
    boolean isPrivate =
        "https".equals(endpoint.getScheme()) || LOOPBACK.matcher(endpoint.getHost()).matches();
    section.require(
        headers.isEmpty() || isPrivate,
        "endpoint",
        "must begin with https:// where headers are sent to another machine");
    return new TracesConfig(
        endpoint, headers, section.share("ratio", 1), section.flag("propagate", false));
  }

  private static void field(Section section, String name, Map<String, Secret> headers) {
    section.require(FIELD.matcher(name).matches(), name, "must be the name of a header field");
    headers.put(name, section.secret(name));
  }

  /// The text may have a secret in it: it is not repeated.
  private static URI endpoint(Section section) {
    try {
      var uri = new URI(section.text("endpoint"));
      boolean isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean isBare = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      if (isWeb && isBare && uri.getHost() != null && uri.getRawQuery() == null) {
        return uri.getRawPath().length() > 1 ? uri : uri.resolve(PATH);
      }
    } catch (URISyntaxException _) {
      // Told below, with what is wanted.
    }
    section.problem(
        "endpoint",
        Code.CONFIG_VALUE,
        section.path() + ".endpoint: this is not the address of a collector",
        "write it as http://127.0.0.1:4318; secrets go into headers");
    return URI.create("https://invalid");
  }
}
