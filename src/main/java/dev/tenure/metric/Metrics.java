package dev.tenure.metric;

import dev.tenure.database.Database;
import dev.tenure.deliver.ChangeJson;
import dev.tenure.flow.Flows;
import dev.tenure.http.AddressRange;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/// `/metrics`, `/health/live` and `/health/ready` of a running server. Metrics tell internals: who
/// may not read them is told nothing.
public final class Metrics {
  private static final String BEARER = "Bearer ";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private static final List<AddressRange> LOOPBACK =
      Stream.of("127.0.0.0/8", "::1/128").flatMap(a -> AddressRange.parse(a).stream()).toList();

  /// What a proxy adds: then the address of the peer says nothing of who asks.
  private static final List<String> PASSED_ON =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final MetricsConfig config;
  private final Meter meter;
  private final Health health;

  /// What is watched.
  public record Watched(Flows flows, Database database, Meter meter) {}

  public Metrics(MetricsConfig config, Watched watched, InstantSource clock) {
    this.config = config;
    this.meter = watched.meter();
    this.health = new Health(watched.database(), clock);
    meter.register(new Gauges(watched, health, clock));
  }

  public Routes routes() {
    return new Routes()
        .add("GET", "/health/live", _ -> Response.json(200, "{\"status\":\"up\"}"))
        .add("GET", "/health/ready", _ -> ready())
        .add("GET", "/metrics", this::metrics);
  }

  /// Whether these routes are asked.
  public static boolean isFor(Request request) {
    var path = request.head().path();
    return switch (path.size()) {
      case 1 -> path.getFirst().equalsIgnoreCase("metrics");
      case 2 -> path.getFirst().equalsIgnoreCase("health");
      default -> false;
    };
  }

  private Response ready() {
    var node = JsonNodeFactory.instance.objectNode();
    var problem = health.problem();
    node.put("status", problem.isEmpty() ? "up" : "down");
    problem.ifPresent(p -> node.set("problem", ChangeJson.problem(p)));
    return Response.json(problem.isEmpty() ? 200 : 503, node.toString())
        .with("Cache-Control", "no-store");
  }

  private Response metrics(Request request) {
    if (config.token().isPresent()) {
      if (!showsToken(request)) return Response.of(401).with("WWW-Authenticate", "Bearer");
    } else if (!isFromHere(request)) {
      throw new HttpFailure(404, "nothing is here");
    }
    return Response.bytes(200, TEXT, meter.text()).with("Cache-Control", "no-store");
  }

  /// Takes as long for any wrong token: both are hashed before they are compared.
  private boolean showsToken(Request request) {
    var shown =
        request
            .header("Authorization")
            .filter(a -> a.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(a -> a.substring(BEARER.length()).strip());
    var token = config.token().orElseThrow().reveal();
    return shown.filter(s -> MessageDigest.isEqual(hash(s), hash(token))).isPresent();
  }

  private static boolean isFromHere(Request request) {
    boolean passedOn = PASSED_ON.stream().map(request::header).anyMatch(Optional::isPresent);
    return !passedOn && LOOPBACK.stream().anyMatch(r -> r.contains(request.head().remote()));
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
