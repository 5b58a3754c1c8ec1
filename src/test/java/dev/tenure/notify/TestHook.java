package dev.tenure.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tenure.scim.ScimJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// A receiver of webhooks: an HTTP server that keeps what it gets, and answers as told.
public final class TestHook implements AutoCloseable {
  /// What an answer is where none comes before the hook is closed.
  public static final int HANGS = 0;

  /// What an answer is where the connection ends without one.
  public static final int CUT = -1;

  /// What an answer is where the message was taken, but nobody hears of it.
  public static final int LOST = -204;

  /// A request: its path, its header fields in lower case, its body.
  public record Got(String path, Map<String, String> fields, String body) {
    public String id() {
      return fields.getOrDefault("webhook-id", "");
    }

    public JsonNode json() {
      return ScimJson.read(body);
    }

    /// `begun` and so on.
    public String state() {
      return json().at("/data/state").asString("");
    }

    public String subject() {
      return json().path("type").asString("") + " " + json().at("/data/subject").asString("");
    }
  }

  private final HttpServer server;
  private final AtomicReference<Function<Got, Integer>> answers = new AtomicReference<>(_ -> 204);
  private final List<Got> all = new CopyOnWriteArrayList<>();
  private final List<Got> taken = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  public TestHook() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
  }

  /// From now on: a status, or one of the constants.
  public void answer(Function<Got, Integer> how) {
    answers.set(how);
  }

  /// Every request.
  public List<Got> all() {
    return all;
  }

  /// Those that were answered with 2xx, heard or not.
  public List<Got> taken() {
    return taken;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var fields = new HashMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var got = new Got(exchange.getRequestURI().getPath(), Map.copyOf(fields), body);
      int status = answers.get().apply(got);
      if (Math.abs(status) / 100 == 2) taken.add(got);
      all.add(got);
      if (status == HANGS) closing.await();
      if (status <= 0) return;
      if (status / 100 == 3) exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
