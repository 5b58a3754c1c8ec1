package dev.tenure.organization.oauth;

import dev.tenure.config.Secret;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Organizations;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// `POST /{org}/oauth/token`, and `POST /oauth/token` as Genesys Cloud has it: a client's id and
/// secret, by HTTP Basic or in the form, for an access token (RFC 6749 §2.3.1, §4.4, §5).
public final class TokenRoutes {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int FORM_BYTES_MAX = 16 << 10;
  private static final String BASIC = "Basic ";
  private final Organizations organizations;
  private final Admission admission;

  public TokenRoutes(Organizations organizations) {
    this.organizations = organizations;
    this.admission = new Admission(organizations);
  }

  public Routes routes() {
    return new Routes()
        .add("POST", "/{org}/oauth/token", request -> token(request, request.variable("org")))
        .add("POST", "/oauth/token", request -> token(request, ""));
  }

  private record Credentials(String id, String secret, boolean basic) {}

  /// `organization` empty: the one that the client's id names.
  private Response token(Request request, String organization) {
    var form = Query.parse(new String(request.body(FORM_BYTES_MAX), StandardCharsets.UTF_8));
    var type = form.first("grant_type");
    if (type.isEmpty()) return refused(400, "invalid_request", "grant_type is missing");
    if (!type.get().equals("client_credentials")) {
      return refused(400, "unsupported_grant_type", "only client_credentials is supported");
    }
    var credentials = basic(request).or(() -> inForm(form));
    credentials.ifPresent(c -> watch(c.id(), request));
    var token =
        credentials
            .filter(c -> organization.isEmpty() || c.id().startsWith(organization + "."))
            .flatMap(
                c -> organizations.credentials().exchange(c.id(), new Secret(c.secret()), LIFE));
    return token.map(TokenRoutes::granted).orElseGet(TokenRoutes::unknownClient);
  }

  /// A wrong secret is in the log of the organization that the client's id names.
  private void watch(String clientId, Request request) {
    organizations
        .credentials()
        .organizationOf(clientId)
        .ifPresent(id -> admission.watch(id, clientId.substring(id.value().length() + 1), request));
  }

  private static Response granted(Secret token) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("access_token", token.reveal());
    body.put("token_type", "bearer").put("expires_in", LIFE.toSeconds());
    return Answers.json(200, body).with("Pragma", "no-cache");
  }

  private static Response unknownClient() {
    return refused(401, "invalid_client", "client id or secret is wrong")
        .with("WWW-Authenticate", "Basic realm=\"oauth\"");
  }

  private static Response refused(int status, String error, String description) {
    var body = JsonNodeFactory.instance.objectNode();
    return Answers.json(status, body.put("error", error).put("error_description", description));
  }

  private static Optional<Credentials> inForm(Query form) {
    return form.first("client_id")
        .map(id -> new Credentials(id, form.first("client_secret").orElse(""), false));
  }

  private static Optional<Credentials> basic(Request request) {
    return request
        .header("Authorization")
        .filter(field -> field.regionMatches(true, 0, BASIC, 0, BASIC.length()))
        .flatMap(field -> decoded(field.substring(BASIC.length()).strip()))
        .filter(pair -> pair.contains(":"))
        .map(pair -> pair.split(":", 2))
        .map(pair -> new Credentials(plain(pair[0]), plain(pair[1]), true));
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Both parts are form-encoded (RFC 6749 §2.3.1); what is not, counts as it is.
  private static String plain(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
