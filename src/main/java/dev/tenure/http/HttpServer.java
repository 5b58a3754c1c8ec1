package dev.tenure.http;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A running server. Each request is worked on by a virtual thread of its own.
public final class HttpServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int CONNECTIONS_MAX = 4_096;
  private static final int LINE_BYTES_MAX = 40 << 10;
  private static final int FIELDS_BYTES_MAX = 16 << 10;
  private final WebServer server;
  private final Patience patience;

  private HttpServer(WebServer server, Patience patience) {
    this.server = server;
    this.patience = patience;
  }

  /// Starts, telling failures as plain JSON.
  public static HttpServer start(ServerConfig config, RandomGenerator random, Handler handler) {
    return start(config, random, handler, Failures::plain);
  }

  /// Starts. Throws [Problem.Found] with `PORT_IN_USE` where another program has the port or the
  /// address cannot be used, `TLS_UNUSABLE` where certificate and key cannot be used.
  public static HttpServer start(
      ServerConfig config, RandomGenerator random, Handler handler, Failures failures) {
    return start(config, random, new Exchange.Work(handler, failures, new Patience(), Times.USUAL));
  }

  static HttpServer start(ServerConfig config, RandomGenerator random, Exchange.Work work) {
    if (new InetSocketAddress(config.host(), config.port()).isUnresolved()) {
      work.patience().close();
      throw portInUse(config, "no address has this name").found();
    }
    var exchange = new Exchange(config, random, work);
    var guard = new Guard(work.patience(), work.failures(), work.times());
    var server = new HttpServer(build(config, exchange, guard), work.patience());
    server.server.start();
    // Helidon writes a failure into its log, and goes on without listening.
    if (server.server.isRunning()) return server;
    server.close();
    throw portInUse(config, reason(config)).found();
  }

  private static WebServer build(ServerConfig config, Exchange exchange, Guard guard) {
    var builder = WebServer.builder();
    config.outside().tls().ifPresent(tls -> builder.tls(open(tls)));
    return builder
        .host(config.host())
        .port(config.port())
        .shutdownHook(false)
        .shutdownGracePeriod(GRACE)
        .idleConnectionTimeout(guard.times().idle())
        .idleConnectionPeriod(guard.times().idle().dividedBy(8))
        .maxTcpConnections(CONNECTIONS_MAX)
        // Else the end of an answer waits up to 40 ms for the client to confirm its beginning.
        .connectionOptions(options -> options.tcpNoDelay(true))
        // One chunk is kept in memory: it must be bounded before it is read.
        .maxPayloadSize(2L * config.bodyBytesMax())
        .addProtocol(
            Http1Config.builder()
                .maxPrologueLength(LINE_BYTES_MAX)
                .maxHeadersSize(FIELDS_BYTES_MAX)
                .addReceiveListener(guard)
                .build())
        .directHandlers(guard.handlers())
        .routing((HttpRouting.Builder routing) -> routing.any(exchange))
        .build();
  }

  /// What Helidon refuses before there is a request; and how long the head of one may take.
  private record Guard(Patience patience, Failures failures, Times times)
      implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext ctx, HttpPrologue prologue) {
      patience.begin(times.head());
    }

    @Override
    public void headers(ConnectionContext ctx, io.helidon.http.Headers headers) {
      patience.end();
    }

    DirectHandlers handlers() {
      var handlers = DirectHandlers.builder();
      DirectHandler refusal = (_, type, status, _, _) -> refusal(type, status);
      for (var type : EventType.values()) handlers.addHandler(type, refusal);
      return handlers.build();
    }

    private TransportResponse refusal(EventType type, Status status) {
      patience.end();
      // What goes wrong in here is the client's: handlers have answers of their own for failures.
      var code = type == EventType.INTERNAL_ERROR ? 400 : status.code();
      var response = failures.render(new HttpFailure(code, reason(code)));
      var refusal = TransportResponse.builder().status(Status.create(code)).keepAlive(false);
      response
          .fields()
          .forEach(
              f -> refusal.header(io.helidon.http.HeaderNames.create(f.getKey()), f.getValue()));
      return refusal.entity(response.body()).build();
    }

    private static String reason(int status) {
      return switch (status) {
        case 413 -> "the body is larger than is taken here";
        case 414 -> "the address is longer than " + LINE_BYTES_MAX + " bytes: use POST to .search";
        case 431 -> "the header fields are larger than " + FIELDS_BYTES_MAX + " bytes";
        case 505 -> "only HTTP/1.1 is spoken here";
        default -> "this is no request as HTTP/1.1 has it";
      };
    }
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// Lets the running requests finish, for at most 5 seconds.
  @Override
  public void close() {
    server.stop();
    patience.close();
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
