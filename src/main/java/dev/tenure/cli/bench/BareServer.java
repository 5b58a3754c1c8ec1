package dev.tenure.cli.bench;

import dev.tenure.cli.bench.store.Bare;
import dev.tenure.http.HttpServer;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.http.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;

/// The limit of the stack: the same HTTP server and the same database, one statement for a request.
final class BareServer implements AutoCloseable {
  private static final String JSON = "application/scim+json";
  private final HttpServer server;

  private BareServer(HttpServer server) {
    this.server = server;
  }

  static BareServer start(Bare bare) {
    var routes =
        new Routes()
            .add("GET", "/{id}", r -> Response.of(200, JSON, bare.select(id(r))))
            .add("POST", "/{id}", request -> created(bare, request))
            .add("PUT", "/{id}", request -> updated(bare, request));
    return new BareServer(
        HttpServer.start(ServerConfig.at("127.0.0.1", 0), new SecureRandom(), routes));
  }

  private static Response created(Bare bare, Request request) {
    var body = text(request);
    bare.insert(id(request), body);
    return Response.of(201, JSON, body);
  }

  private static Response updated(Bare bare, Request request) {
    var body = text(request);
    bare.update(id(request), body);
    return Response.of(200, JSON, body);
  }

  private static UUID id(Request request) {
    return UUID.fromString(request.variable("id"));
  }

  private static String text(Request request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
