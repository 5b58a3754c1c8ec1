package dev.tenure.http;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A running server. Each request is worked on by a virtual thread of its own.
public final class HttpServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final int CONNECTIONS_MAX = 4_096;
  private final WebServer server;

  private HttpServer(WebServer server) {
    this.server = server;
  }

  /// Starts. Throws [Problem.Found] with `PORT_IN_USE` where another program has the port or the
  /// address cannot be used, `TLS_UNUSABLE` where certificate and key cannot be used.
  public static HttpServer start(ServerConfig config, RandomGenerator random, Handler handler) {
    var exchange = new Exchange(config, random, handler);
    var builder =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .idleConnectionTimeout(IDLE)
            .maxTcpConnections(CONNECTIONS_MAX)
            .routing((HttpRouting.Builder routing) -> routing.any(exchange));
    config.outside().tls().ifPresent(tls -> builder.tls(open(tls)));
    var server = builder.build();
    try {
      server.start();
    } catch (RuntimeException e) {
      server.stop();
      throw notStarted(config, e);
    }
    return new HttpServer(server);
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// Lets the running requests finish, for at most 5 seconds.
  @Override
  public void close() {
    server.stop();
  }

  /// The plain answer to a failure, as JSON.
  static Response failure(HttpFailure failure) {
    var text = failure.detail().replace("\\", "\\\\").replace("\"", "\\\"");
    return Response.json(
        failure.status(), "{\"status\":" + failure.status() + ",\"detail\":\"" + text + "\"}");
  }

  private static io.helidon.common.tls.Tls open(Tls tls) {
    try {
      return tls.open();
    } catch (RuntimeException e) {
      var problem =
          new Problem(
              Code.TLS_UNUSABLE,
              "the certificate or the key of server.tls cannot be used",
              Map.of(
                  "certificate", tls.certificate().toString(),
                  "key", tls.key().toString(),
                  "reason", String.valueOf(e.getMessage())),
              "give PEM files: the certificate with its chain, and its key without a password");
      throw new Problem.Found(problem, e);
    }
  }

  private static RuntimeException notStarted(ServerConfig config, RuntimeException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException
          || cause instanceof SocketException
          || cause instanceof UnresolvedAddressException) {
        return new Problem.Found(portInUse(config, String.valueOf(cause.getMessage())), thrown);
      }
    }
    return thrown;
  }

  private static Problem portInUse(ServerConfig config, String reason) {
    return new Problem(
        Code.PORT_IN_USE,
        "cannot listen on " + config.host() + ":" + config.port(),
        Map.of("port", String.valueOf(config.port()), "reason", reason),
        "choose another one with --port (0 takes a free one), or find the program that has it with"
            + " 'ss -ltnp sport = :"
            + config.port()
            + "'");
  }
}
