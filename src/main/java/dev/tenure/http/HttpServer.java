package dev.tenure.http;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
  /// address cannot be used.
  public static HttpServer start(ServerConfig config, RandomGenerator random, Handler handler) {
    if (new InetSocketAddress(config.host(), config.port()).isUnresolved()) {
      throw portInUse(config, "no address has this name").found();
    }
    var exchange = new Exchange(config, random, handler);
    var server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .idleConnectionTimeout(IDLE)
            .maxTcpConnections(CONNECTIONS_MAX)
            .routing((HttpRouting.Builder routing) -> routing.any(exchange))
            .build();
    server.start();
    // Helidon writes a failure into its log, and goes on without listening.
    if (server.isRunning()) return new HttpServer(server);
    server.stop();
    throw portInUse(config, reason(config)).found();
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

  /// Why nobody can listen there: tried once more without Helidon, which does not tell.
  private static String reason(ServerConfig config) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(config.host(), config.port()));
      return "it was taken a moment ago";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
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
