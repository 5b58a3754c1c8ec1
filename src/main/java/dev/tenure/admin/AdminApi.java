package dev.tenure.admin;

import dev.tenure.access.AdminToken;
import dev.tenure.access.AdminTokens;
import dev.tenure.access.Bearer;
import dev.tenure.config.Secret;
import dev.tenure.http.Handler;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.Correlation;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what is asked below `/admin/v1`. An organization may have the name `admin`: none of its
/// own addresses has `v1` there.
public final class AdminApi implements Handler {
  static final String ROOT = "/admin/v1";
  private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
  private static final String DOCUMENT = "openapi.json";
  private static final String SCHEME = "Bearer ";
  private static final String REALM = "Bearer realm=\"admin\"";

  private final AdminTokens tokens;
  private final Desks desks;
  private final Routes routes = new Routes();

  public AdminApi(Engine engine) {
    this.tokens = engine.entrance().tokens();
    this.desks = Desks.of(engine);
    var document = document();
    routes.add("GET", ROOT + "/" + DOCUMENT, _ -> Response.json(200, document));
    for (var operation : Desks.OPERATIONS) {
      routes.add(operation.method(), ROOT + operation.path(), request -> enter(operation, request));
    }
  }

  /// Every operation by its method and its path below `/admin/v1`, such as `GET /status`.
  public static List<String> operations() {
    return Stream.concat(
            Stream.of("GET /" + DOCUMENT),
            Desks.OPERATIONS.stream().map(o -> o.method() + " " + o.path()))
        .toList();
  }

  /// Whether this request is for the admin API.
  public static boolean isFor(Request request) {
    var path = request.head().path();
    return path.size() > 1 && path.getFirst().equals("admin") && path.get(1).equals("v1");
  }

  @Override
  public Response handle(Request request) {
    try {
      return routes.handle(request);
    } catch (HttpFailure e) {
      return Failures.of(e);
    }
  }

  private Response enter(Operation operation, Request request) {
    var shown = request.header("Authorization").filter(h -> h.regionMatches(true, 0, SCHEME, 0, 7));
    if (shown.isEmpty()) return unauthorized("this needs a token: Authorization: Bearer TOKEN");
    var secret = new Secret(shown.get().substring(SCHEME.length()).strip());
    return switch (tokens.bearer(secret, request.head().remote())) {
      case Bearer.Known(AdminToken token) -> work(operation, request, token);
      case Bearer.Refused() -> unauthorized("the token is unknown, revoked or expired");
      case Bearer.Slowed(Duration pause) ->
          Failures.plain(429, "too many wrong tokens came from here")
              .with("Retry-After", String.valueOf(pause.toSeconds() + 1));
    };
  }

  private static Response unauthorized(String detail) {
    return Failures.plain(401, detail).with("WWW-Authenticate", REALM);
  }

  private Response work(Operation operation, Request request, AdminToken token) {
    if (!token.role().covers(operation.role())) {
      return Failures.plain(403, "this needs a token with the role " + operation.role().word());
    }
    if (!Accepted.takes(request, operation.media())) {
      return Failures.plain(
          406, "answers are " + operation.media() + ", which Accept does not take");
    }
    var correlation = new Correlation("token:" + token.name(), request.head().correlation());
    try {
      return correlation.call(() -> operation.work().answer(desks, request));
    } catch (Problem.Found e) {
      return Failures.of(e);
    } catch (HttpFailure e) {
      return Failures.of(e);
    } catch (Exception e) {
      if (e instanceof InterruptedException) Thread.currentThread().interrupt();
      LOG.error("the admin API failed, correlation {}", correlation.id(), e);
      return Failures.plain(500, "look into the server's log for " + correlation.id());
    }
  }

  private static String document() {
    try (var in = AdminApi.class.getResourceAsStream(DOCUMENT)) {
      var bytes = Objects.requireNonNull(in, DOCUMENT).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
