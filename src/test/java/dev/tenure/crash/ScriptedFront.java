package dev.tenure.crash;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/// Stands before a target and does to its answers what a script says: announces a limit and refuses
/// what is over it, fails before or after a change is made, cuts connections, and refuses
/// everything for a while. Before the script begins it hands everything on.
final class ScriptedFront implements AutoCloseable {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final List<String> HOP_BY_HOP =
      List.of("connection", "content-length", "transfer-encoding", "host");

  /// `perMinute` requests; this share of the changes meets a fault; at the `stormAt`-th request all
  /// are refused for `storm`.
  record Script(int perMinute, double faults, int stormAt, Duration storm) {}

  /// What is done to a request.
  private enum Fate {
    WELL,
    OVER_LIMIT,
    REFUSED_IN_THE_STORM,
    FAILED,
    DONE_BUT_FAILED,
    DONE_BUT_CUT
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final URI behind;
  private final RandomGenerator random;
  private final Map<String, Integer> counts = new TreeMap<>();
  private Script script = new Script(Integer.MAX_VALUE, 0, Integer.MAX_VALUE, Duration.ZERO);
  private Instant windowEnds = Instant.MAX;
  private Instant calmAt = Instant.MIN;
  private int inWindow;
  private int requests;

  ScriptedFront(String behind, long seed) {
    this.behind = URI.create(behind);
    this.random = new Random(seed);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), behind.getPath());
  }

  synchronized void begin(Script next) {
    script = next;
    windowEnds = Instant.now().plus(WINDOW);
    inWindow = 0;
    requests = 0;
    counts.clear();
  }

  /// How many requests there were since the script began, by method and by what was done to them.
  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  private synchronized Fate fate(String method) {
    var now = Instant.now();
    while (!now.isBefore(windowEnds)) {
      windowEnds = windowEnds.plus(WINDOW);
      inWindow = 0;
    }
    if (++requests == script.stormAt()) calmAt = now.plus(script.storm());
    var fate = fate(now, method);
    if (fate != Fate.OVER_LIMIT && fate != Fate.REFUSED_IN_THE_STORM) inWindow++;
    counts.merge(method, 1, Integer::sum);
    if (fate != Fate.WELL) counts.merge(fate.name(), 1, Integer::sum);
    return fate;
  }

  private Fate fate(Instant now, String method) {
    if (now.isBefore(calmAt)) return Fate.REFUSED_IN_THE_STORM;
    return inWindow >= script.perMinute() ? Fate.OVER_LIMIT : drawn(method);
  }

  private Fate drawn(String method) {
    if (method.equals("GET") || random.nextDouble() >= script.faults()) return Fate.WELL;
    return List.of(Fate.FAILED, Fate.DONE_BUT_FAILED, Fate.DONE_BUT_CUT).get(random.nextInt(3));
  }

  private synchronized void announce(HttpExchange exchange) {
    if (script.perMinute() == Integer.MAX_VALUE) return;
    var reset = Math.max(1, Duration.between(Instant.now(), windowEnds).toSeconds());
    var left = Math.max(0, script.perMinute() - inWindow);
    var fields = exchange.getResponseHeaders();
    fields.set("RateLimit-Policy", "\"client\";q=%d;w=60".formatted(script.perMinute()));
    fields.set("RateLimit", "\"client\";r=%d;t=%d".formatted(left, reset));
  }

  private synchronized long retryAfter() {
    var until = Instant.now().isBefore(calmAt) ? calmAt : windowEnds;
    return Duration.between(Instant.now(), until).toSeconds() + 1;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      switch (fate(exchange.getRequestMethod())) {
        case WELL -> answer(exchange, carriedOut(exchange, body));
        case OVER_LIMIT, REFUSED_IN_THE_STORM -> {
          exchange.getResponseHeaders().set("Retry-After", Long.toString(retryAfter()));
          announce(exchange);
          exchange.sendResponseHeaders(429, -1);
        }
        case FAILED -> fail(exchange);
        case DONE_BUT_FAILED -> {
          carriedOut(exchange, body);
          fail(exchange);
        }
        // Closed without an answer.
        case DONE_BUT_CUT -> carriedOut(exchange, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(HttpExchange exchange) throws IOException {
    announce(exchange);
    exchange.sendResponseHeaders(500, -1);
  }

  private HttpResponse<byte[]> carriedOut(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (isForwarded(name)) values.forEach(value -> request.header(name, value));
        });
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static boolean isForwarded(String name) {
    return HOP_BY_HOP.stream().noneMatch(name::equalsIgnoreCase)
        && !name.equalsIgnoreCase("upgrade")
        && !name.equalsIgnoreCase("http2-settings");
  }

  private void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          if (isForwarded(name)) exchange.getResponseHeaders().put(name, values);
        });
    announce(exchange);
    var body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
