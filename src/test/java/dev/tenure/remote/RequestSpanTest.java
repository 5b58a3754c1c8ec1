package dev.tenure.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tenure.config.Secret;
import dev.tenure.testkit.TestCollector;
import dev.tenure.testkit.TestCollector.Seen;
import dev.tenure.trace.Tracer;
import dev.tenure.trace.TracesConfig;
import dev.tenure.trace.otel.OtelTracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is recorded of requests to a server of somebody else, which may be busy at first.
class RequestSpanTest {
  private static final String SECRET = "the-token-of-the-target";
  private final TestCollector collector = new TestCollector();
  private final List<String> parents = new CopyOnWriteArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final HttpServer server = newServer();

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          parents.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
          exchange.getResponseHeaders().add("ININ-Correlation-Id", "support-knows-me");
          exchange.getResponseHeaders().add("Retry-After", "0");
          exchange.sendResponseHeaders(busy.getAndDecrement() > 0 ? 429 : 200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    collector.close();
  }

  private List<Seen> asked(String path, double ratio, boolean propagate) {
    var endpoint = URI.create(collector.address() + "/v1/traces");
    var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scim/v2");
    var config = new TracesConfig(endpoint, Map.of(), ratio, propagate);
    try (var tracer = new OtelTracer(config, "1", "me");
        var wire = new Wire(new Endpoint(base, () -> new Secret(SECRET), Duration.ofSeconds(5)))) {
      var patient = new Patient(wire, Clock.systemUTC(), _ -> {});
      tracer.begin(Tracer.Root.of("turn")).around(() -> patient.get(path));
    }
    return collector.spans().stream().filter(s -> s.kind().equals("CLIENT")).toList();
  }

  @Test
  void aRequestHasItsAddressWithoutPeopleAndSecretsAndHowOftenItWasSent() {
    busy.set(1);
    var query = "?filter=userName%20eq%20%22anneliese%22&startIndex=1&count=x1";
    var spans = asked("/Users" + query, 1, false);
    assertThat(spans).hasSize(2).allMatch(s -> s.name().equals("GET /scim/v2/Users"));
    assertThat(spans.getFirst().attribute("http.response.status_code")).isEqualTo("429");
    assertThat(spans.getFirst().failed()).isTrue();
    assertThat(spans.getLast().failed()).isFalse();
    assertThat(spans.getLast().attributes())
        .containsEntry("http.request.resend_count", "1")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("tenure.target.correlation", "support-knows-me")
        .containsEntry("server.address", "127.0.0.1");
    assertThat(spans.getLast().attribute("url.full"))
        .endsWith("/scim/v2/Users?filter=REDACTED&startIndex=1&count=REDACTED");
    assertThat(collector.text()).doesNotContain("anneliese", SECRET);
    assertThat(parents).containsOnly("null");
  }

  @Test
  void idsAreNotShown() {
    var span = asked("/Users/anneliese%40example.com", 1, false).getFirst();
    assertThat(span.attribute("url.template")).isEqualTo("/scim/v2/Users/{id}");
    assertThat(collector.text()).doesNotContain("anneliese");
  }

  @Test
  void othersAreToldTheTraceWhereThatIsAskedFor() {
    var span = asked("/Users", 1, true).getFirst();
    assertThat(parents).containsExactly("00-" + span.trace() + "-" + span.id() + "-01");
  }

  @Test
  void whatIsNotChosenIsNotSent() {
    assertThat(asked("/Users", 0, true)).isEmpty();
    assertThat(parents).containsExactly("null");
  }
}
