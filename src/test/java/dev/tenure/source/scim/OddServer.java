package dev.tenure.source.scim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A SCIM server that answers as it is told.
final class OddServer implements AutoCloseable {
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /// A request for a list.
  record Asked(String path, Map<String, String> query) {
    int number(String name) {
      return Integer.parseInt(query.getOrDefault(name, "1"));
    }
  }

  record Answer(int status, String body, Map<String, String> headers) {
    static Answer ok(String body) {
      return new Answer(200, body, Map.of());
    }

    static Answer of(int status) {
      return new Answer(status, "", Map.of());
    }

    Answer with(String name, String value) {
      return new Answer(status, body, Map.of(name, value));
    }
  }

  OddServer(Function<Asked, Answer> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> handle(exchange, answers));
    server.start();
  }

  private void handle(HttpExchange exchange, Function<Asked, Answer> answers) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      requests.add(uri.toString());
      var answer = answers.apply(new Asked(uri.getPath(), query(uri.getQuery())));
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }
  }

  private static Map<String, String> query(String text) {
    var query = new HashMap<String, String>();
    if (text == null) return query;
    for (var pair : text.split("&", -1)) {
      var halves = pair.split("=", 2);
      query.put(halves[0], halves.length > 1 ? halves[1] : "");
    }
    return query;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> requests() {
    return requests;
  }

  /// Users with these numbers, as they stand in a list.
  static String users(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(OddServer::user)
        .collect(Collectors.joining(","));
  }

  static String user(int number) {
    return "{\"id\":\"u%d\",\"userName\":\"u%d@x\"}".formatted(number, number);
  }

  /// A page by index of so many users in all.
  static Answer page(Asked asked, int total, int atMost) {
    int start = asked.number("startIndex");
    int end = Math.min(total, start + Math.min(atMost, asked.number("count")) - 1);
    return list(total, users(start, end));
  }

  static Answer list(int total, String resources) {
    return Answer.ok("{\"totalResults\":%d,\"Resources\":[%s]}".formatted(total, resources));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
