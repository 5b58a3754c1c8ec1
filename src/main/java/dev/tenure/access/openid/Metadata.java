package dev.tenure.access.openid;

import dev.tenure.access.OpenIdConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a provider says of itself (OpenID Connect Discovery 1.0 §3). `byForm`: the client's secret
/// goes into the form, as the token endpoint takes no other; `namesItself`: its answers say who
/// gives them (RFC 9207 §3).
record Metadata(Endpoints endpoints, boolean byForm, boolean namesItself) {

  /// Where it is asked for what.
  record Endpoints(
      URI authorization, URI token, URI keys, Optional<URI> userInfo, Optional<URI> endSession) {}

  /// Reads the document. Each address must be reached over TLS, except where the issuer itself is
  /// on this machine without: then it may be there, too.
  static Metadata read(JsonNode document, OpenIdConfig config) {
    var issuer = text(document, "issuer");
    if (!issuer.equals(config.issuer())) {
      throw Troubles.unreachable(
          "the provider calls itself '" + issuer + "', not as console.openid.issuer does",
          config.issuer());
    }
    var reader = new Reader(document, config);
    var endpoints =
        new Endpoints(
            reader.address("authorization_endpoint"),
            reader.address("token_endpoint"),
            reader.address("jwks_uri"),
            reader.optional("userinfo_endpoint"),
            reader.optional("end_session_endpoint"));
    return new Metadata(
        endpoints,
        isByForm(document.path("token_endpoint_auth_methods_supported")),
        document.path("authorization_response_iss_parameter_supported").asBoolean(false));
  }

  private record Reader(JsonNode document, OpenIdConfig config) {
    URI address(String name) {
      return optional(name)
          .orElseThrow(() ->
              Troubles.unreachable("the provider does not tell its " + name, config.issuer()));
    }

    Optional<URI> optional(String name) {
      var text = text(document, name);
      if (text.isEmpty()) return Optional.empty();
      try {
        var uri = new URI(text);
        if (OpenIdConfig.isSafe(uri, config.isHere())) return Optional.of(uri);
      } catch (URISyntaxException _) {
        // Told below.
      }
      throw Troubles.unreachable(
          "the provider's " + name + " is no address that begins with https://", text);
    }
  }

  /// Basic is what holds where nothing is said.
  private static boolean isByForm(JsonNode methods) {
    var all = methods.valueStream().map(m -> m.asString("")).toList();
    return all.contains("client_secret_post") && !all.contains("client_secret_basic");
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asString("");
  }
}
