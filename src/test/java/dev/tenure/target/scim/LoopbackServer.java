package dev.tenure.target.scim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tenure.config.Secret;
import dev.tenure.scim.ScimException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A SCIM server on a loopback port that can be told to fail: the next requests meet the faults in
/// the order in which they were given, then all is well again.
final class LoopbackServer implements AutoCloseable {
  private static final Set<String> OF_ITSELF =
      Set.of("/ServiceProviderConfig", "/ResourceTypes", "/Schemas");

  static final Secret TOKEN = new Secret("open-sesame");

  /// What happens to one request instead of an answer, or after it was carried out.
  sealed interface Fault {
    /// Answers this and does nothing.
    record Answer(int status, Map<String, String> headers, String body) implements Fault {}

    /// Carries the request out and answers this instead.
    record DoneBut(int status, String body) implements Fault {}

    /// Reads the request, carries it out, and cuts the connection.
    record Cut() implements Fault {}

    /// Reads the request and answers nothing before the server ends.
    record Silence() implements Fault {}

    /// No fault.
    record None() implements Fault {}
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LoopbackUsers users;
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, LoopbackUsers.Answer> documents = new ConcurrentHashMap<>();

  LoopbackServer(LoopbackUsers users) {
    this.users = users;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/scim/v2", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  ScimTargetConfig config(Duration timeout, int pageSize, boolean sweepsInactiveSeparately) {
    var base = URI.create("http://127.0.0.1:%d/scim/v2/".formatted(server.getAddress().getPort()));
    return new ScimTargetConfig(
        base, () -> TOKEN, timeout, pageSize, sweepsInactiveSeparately, 100, false, true);
  }

  /// What it says that it can do; until then nothing, as some do. Neither counts as a request nor
  /// meets faults.
  void offer(String serviceProviderConfig) {
    document("/ServiceProviderConfig", 200, serviceProviderConfig);
  }

  /// The same of another document that tells of itself, such as `/Schemas`.
  void document(String path, int status, String body) {
    documents.put(path, new LoopbackUsers.Answer(status, body));
  }

  void next(Fault... some) {
    synchronized (faults) {
      faults.addAll(List.of(some));
    }
  }

  /// `METHOD path?query` of each request, in order.
  List<String> requests() {
    return requests;
  }

  LoopbackUsers users() {
    return users;
  }

  private Fault fault() {
    synchronized (faults) {
      var fault = faults.poll();
      return fault == null ? new Fault.None() : fault;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var last = exchange.getRequestURI().getPath().replaceFirst(".*/", "/");
      if (OF_ITSELF.contains(last)) {
        var document = documents.getOrDefault(last, new LoopbackUsers.Answer(404, ""));
        answer(exchange, document.status(), document.body());
        return;
      }
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      switch (fault()) {
        case Fault.Answer(var status, var headers, var text) -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          answer(exchange, status, text);
        }
        case Fault.DoneBut(var status, var text) -> {
          carryOut(exchange, body);
          answer(exchange, status, text);
        }
        case Fault.Cut _ -> carryOut(exchange, body);
        case Fault.Silence _ -> threads.awaitTermination(1, TimeUnit.MINUTES);
        case Fault.None _ -> {
          var answer = carryOut(exchange, body);
          exchange.getResponseHeaders().set("ININ-Correlation-Id", "c-" + requests.size());
          answer(exchange, answer.status(), answer.body());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LoopbackUsers.Answer carryOut(HttpExchange exchange, String body) {
    var token = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Bearer " + TOKEN.reveal()).equals(token)) return new LoopbackUsers.Answer(401, "");
    try {
      return users.answer(
          exchange.getRequestMethod(),
          exchange.getRequestURI(),
          exchange.getRequestHeaders().getFirst("If-Match"),
          body);
    } catch (ScimException e) {
      return LoopbackUsers.error(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
