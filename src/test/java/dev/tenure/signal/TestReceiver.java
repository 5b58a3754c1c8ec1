package dev.tenure.signal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// A receiver of pushes (RFC 8935): an HTTP server that verifies what it gets and answers as told.
public final class TestReceiver implements AutoCloseable {
  /// An answer; status 0 ends the connection without one.
  public record Reply(int status, String body, Map<String, String> fields) {
    public static final Reply ACCEPTED = new Reply(202, "", Map.of());
    public static final Reply CUT = new Reply(0, "", Map.of());

    /// The token is accepted, but the transmitter does not hear of it.
    public static final Reply LOST = new Reply(-202, "", Map.of());

    public static Reply of(int status) {
      return new Reply(status, "", Map.of());
    }

    public static Reply error(String err) {
      return new Reply(400, "{\"err\": \"" + err + "\", \"description\": \"no\"}", Map.of());
    }
  }

  private final HttpServer server;
  private final SigningKeys keys;
  private final AtomicReference<Function<Received, Reply>> answers =
      new AtomicReference<>(_ -> Reply.ACCEPTED);
  private final List<Received> accepted = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> fields = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Received> arriving = new LinkedBlockingQueue<>();
  private final Semaphore begun = new Semaphore(0);

  public TestReceiver(SignalWorld world) {
    keys = world.keys();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events");
  }

  /// From now on.
  public void answer(Function<Received, Reply> how) {
    answers.set(how);
  }

  /// What was accepted, in the order in which it came; something may have come twice.
  public List<Received> accepted() {
    return accepted;
  }

  /// The header fields of all requests.
  public List<Map<String, List<String>>> fields() {
    return fields;
  }

  /// The next token that comes, accepted or not; fails where none comes within ten seconds.
  public Received next() {
    try {
      var received = arriving.poll(10, TimeUnit.SECONDS);
      if (received == null) throw new AssertionError("nothing came within 10 s");
      return received;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Waits until one more request has come in, answered or not.
  public void arrived() {
    try {
      if (!begun.tryAcquire(10, TimeUnit.SECONDS)) throw new AssertionError("nothing came");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      fields.add(Map.copyOf(exchange.getRequestHeaders()));
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var received = Received.verified(body, keys.published());
      begun.release();
      var reply = answers.get().apply(received);
      if (Math.abs(reply.status()) / 100 == 2) accepted.add(received);
      arriving.add(received);
      if (reply.status() <= 0) return;
      reply.fields().forEach(exchange.getResponseHeaders()::add);
      var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
