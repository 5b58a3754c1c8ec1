package dev.tenure.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A collector that takes traces by OTLP over HTTP, and keeps them.
public final class TestCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<ExportTraceServiceRequest> taken = new CopyOnWriteArrayList<>();
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  /// A span as a test wants it: ids in hexadecimal digits, `parent` empty for a root.
  public record Seen(
      String trace,
      String id,
      String parent,
      String name,
      String kind,
      boolean failed,
      Map<String, String> attributes) {
    public String attribute(String key) {
      return attributes.getOrDefault(key, "");
    }
  }

  public TestCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    var bytes = exchange.getRequestBody().readAllBytes();
    logins.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    bodies.add(new String(bytes, StandardCharsets.ISO_8859_1));
    taken.add(ExportTraceServiceRequest.parseFrom(bytes));
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /// `http://127.0.0.1:PORT`.
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// All spans that were taken.
  public List<Seen> spans() {
    return taken.stream()
        .flatMap(r -> r.getResourceSpansList().stream())
        .flatMap(r -> r.getScopeSpansList().stream())
        .flatMap(s -> s.getSpansList().stream())
        .map(TestCollector::seen)
        .toList();
  }

  /// Of this name.
  public List<Seen> spans(String name) {
    return spans().stream().filter(s -> s.name().equals(name)).toList();
  }

  /// The attributes of the process that sent the first spans.
  public Map<String, String> resource() {
    return attributes(taken.getFirst().getResourceSpans(0).getResource().getAttributesList());
  }

  /// All bytes that were taken, as ISO 8859-1.
  public String text() {
    return String.join("\n", bodies);
  }

  /// What was shown as `Authorization`.
  public List<String> logins() {
    return List.copyOf(logins);
  }

  private static Seen seen(Span span) {
    return new Seen(
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        span.getStatus().getCodeValue() == 2,
        attributes(span.getAttributesList()));
  }

  private static String hex(com.google.protobuf.ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static Map<String, String> attributes(List<KeyValue> list) {
    var attributes = new TreeMap<String, String>();
    list.forEach(a -> attributes.put(a.getKey(), text(a.getValue())));
    return attributes;
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
