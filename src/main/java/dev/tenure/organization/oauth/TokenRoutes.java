package dev.tenure.organization.oauth;

import dev.tenure.config.Secret;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.organization.Credentials;
import dev.tenure.organization.Credentials.Exchanged;
import dev.tenure.organization.Credentials.Proof;
import dev.tenure.organization.Organization;
import dev.tenure.organization.Organizations;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// `POST /{org}/oauth/token`, and `POST /oauth/token` as Genesys Cloud has it: what proves who a
/// client is, for an access token (RFC 6749 §4.4, §5). It is a secret, by HTTP Basic or in the form
/// (§2.3.1), an assertion (RFC 7523 §2.2), or the client's id and the certificate of its connection
/// (RFC 8705 §2).
public final class TokenRoutes {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int FORM_BYTES_MAX = 16 << 10;
  private static final String BASIC = "Basic ";
  private final Organizations organizations;
  private final Assertions assertions;
  private final Turnstile turnstile;

  public TokenRoutes(Organizations organizations) {
    this.organizations = organizations;
    this.assertions = new Assertions(organizations.credentials()::keys, organizations.clock());
    this.turnstile = new Turnstile(organizations);
  }

  public Routes routes() {
    return new Routes()
        .add("POST", "/{org}/oauth/token", request -> token(request, request.variable("org")))
        .add("POST", "/oauth/token", request -> token(request, ""));
  }

  /// `organization` empty: the one that the client's id names.
  private Response token(Request request, String organization) {
    var form = Query.parse(new String(request.body(FORM_BYTES_MAX), StandardCharsets.UTF_8));
    var type = form.first("grant_type");
    if (type.isEmpty()) return refused(400, "invalid_request", "grant_type is missing");
    if (!type.get().equals("client_credentials")) {
      return refused(400, "unsupported_grant_type", "only client_credentials is supported");
    }
    var proof = proof(request, form);
    proof.ifPresent(p -> watch(p.clientId(), request));
    return proof
        .filter(p -> organization.isEmpty() || p.clientId().startsWith(organization + "."))
        .filter(p -> isOpen(p.clientId()))
        .map(p -> organizations.credentials().exchange(p, Bearer.visit(request), LIFE))
        .map(TokenRoutes::answer)
        .orElseGet(TokenRoutes::unknownClient);
  }

  private boolean isOpen(String clientId) {
    return Credentials.organizationOf(clientId)
        .flatMap(organizations::find)
        .filter(Organization::enabled)
        .isPresent();
  }

  private Optional<Proof> proof(Request request, Query form) {
    var basic = basic(request);
    if (basic.isPresent()) return basic;
    var assertion = form.first("client_assertion");
    if (assertion.isPresent()) {
      return form.first("client_assertion_type")
          .filter(Assertions.TYPE::equals)
          .flatMap(_ -> assertions.proof(assertion.get(), audiences(request)))
          .filter(p -> form.first("client_id").filter(id -> !id.equals(p.clientId())).isEmpty());
    }
    var secret = form.first("client_secret");
    return form.first("client_id")
        .map(id ->
            secret
                .<Proof>map(s -> new Proof.BySecret(id, new Secret(s)))
                .orElseGet(() -> new Proof.ByCertificate(id)));
  }

  /// The token endpoint's own address, and the server's (RFC 7523 §3).
  private static List<String> audiences(Request request) {
    var base = request.origin();
    return List.of(base, base + "/", base + "/" + String.join("/", request.head().path()));
  }

  private static Response answer(Exchanged exchanged) {
    return switch (exchanged) {
      case Exchanged.Granted(var token) -> granted(token);
      case Exchanged.Refused _ -> unknownClient();
      case Exchanged.Throttled(var pause) ->
          refused(429, "temporarily_unavailable", "too many wrong secrets: wait")
              .with("Retry-After", String.valueOf(Math.max(1, pause.toSeconds())));
    };
  }

  /// A wrong secret is in the log of the organization that the client's id names.
  private void watch(String clientId, Request request) {
    Credentials.organizationOf(clientId)
        .ifPresent(id -> turnstile.watch(id, clientId.substring(id.value().length() + 1), request));
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

  private static Optional<Proof> basic(Request request) {
    return request
        .header("Authorization")
        .filter(field -> field.regionMatches(true, 0, BASIC, 0, BASIC.length()))
        .flatMap(field -> decoded(field.substring(BASIC.length()).strip()))
        .filter(pair -> pair.contains(":"))
        .map(pair -> pair.split(":", 2))
        .map(pair -> new Proof.BySecret(plain(pair[0]), new Secret(plain(pair[1]))));
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
