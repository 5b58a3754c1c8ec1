package dev.tenure.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Passes HTTP requests on, remembers them, and loses answers or gives its own where it is told to.
/// A request is told by how `METHOD path?query` begins.
public final class Relay implements AutoCloseable {
  private static final Set<String> PASSED =
      Set.of("authorization", "content-type", "accept", "if-match");

  /// What is answered instead of passing the request on.
  public record Stub(int status, String body) {}

  private final HttpServer listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI target;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<String> lost = ConcurrentHashMap.newKeySet();
  private final Map<String, Stub> stubs = new ConcurrentHashMap<>();

  public Relay(URI target) {
    this.target = target;
    try {
      listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener.createContext("/", this::handle);
    listener.setExecutor(threads);
    listener.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + listener.getAddress().getPort());
  }

  /// Those that came, in order.
  public List<String> requests() {
    return requests;
  }

  public List<String> requests(String beginning) {
    return requests.stream().filter(r -> r.startsWith(beginning)).toList();
  }

  /// The next such request is carried out, and its answer lost.
  public void lose(String beginning) {
    lost.add(beginning);
  }

  /// Such requests are answered so from now on.
  public void stub(String beginning, Stub stub) {
    stubs.put(beginning, stub);
  }

  /// Such requests are passed on again.
  public void unstub(String beginning) {
    stubs.remove(beginning);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(request);
      var body = exchange.getRequestBody().readAllBytes();
      for (var stub : stubs.entrySet()) {
        if (request.startsWith(stub.getKey())) {
          answer(
              exchange,
              stub.getValue().status(),
              stub.getValue().body().getBytes(StandardCharsets.UTF_8));
          return;
        }
      }
      var answer = passed(exchange, body);
      if (lost.removeIf(request::startsWith)) return;
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            var isOurs = name.equalsIgnoreCase("content-length") || name.startsWith(":");
            if (!isOurs && !name.equalsIgnoreCase("connection")) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      answer(exchange, answer.statusCode(), answer.body());
    }
  }

  private HttpResponse<byte[]> passed(HttpExchange exchange, byte[] body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (PASSED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    listener.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }
}
