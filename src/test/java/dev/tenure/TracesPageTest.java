package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import dev.tenure.testkit.Product;
import dev.tenure.testkit.ScimCalls;
import dev.tenure.testkit.TestCollector;
import dev.tenure.testkit.TestCollector.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `docs/traces.md`: its example runs, and a collector gets what the page says.
class TracesPageTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final String LOGIN = "Bearer what-the-collector-wants";
  private static final String PAGE = page();
  private static final Pattern ATTRIBUTE = Pattern.compile("`([a-z]+(?:[._][a-z]+)+)`");

  private final TestCollector collector = new TestCollector();
  private final Site site =
      Site.with(block("yaml\n"))
          .file("people.csv", block("csv\n"))
          .variable("COLLECTOR", collector.address())
          .variable("COLLECTOR_LOGIN", LOGIN);

  @AfterEach
  void close() {
    site.close();
    collector.close();
  }

  private static String page() {
    try {
      return Files.readString(Path.of("docs/traces.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String block(String opening) {
    var from = PAGE.indexOf("```" + opening) + opening.length() + 3;
    return PAGE.substring(from, PAGE.indexOf("```", from));
  }

  /// Runs the flow until its three people have accounts, and stops the server.
  private void run() {
    try (var place = site.serve()) {
      place.runFlows();
      awaitAccounts(place);
    }
  }

  private static void awaitAccounts(Workplace place) {
    var calls = new ScimCalls(place.base(), Site.TOKEN);
    assertThat(
            Product.until(() ->
                calls.send("GET", "/acme/scim/v2/Users", "").json().path("totalResults").asInt(0)
                        == 3
                    && place.plans().unfinished(FLOW).isEmpty()))
        .isTrue();
  }

  private List<Seen> below(Seen span) {
    return collector.spans().stream().filter(s -> s.parent().equals(span.id())).toList();
  }

  private Seen turn() {
    return collector.spans("turn").stream()
        .filter(t -> below(t).stream().anyMatch(s -> s.name().equals("deliver")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTurnIsATreeFromReadingToTheAnswerOfTheTarget() {
    run();
    var turn = turn();
    assertThat(turn.parent()).isEmpty();
    assertThat(turn.attribute("tenure.flow")).isEqualTo("people");
    assertThat(below(turn).stream().map(Seen::name).collect(Collectors.toSet()))
        .contains("source", "target", "plan", "save", "deliver");
    assertThat(collector.spans())
        .filteredOn(s -> s.trace().equals(turn.trace()))
        .hasSizeGreaterThan(10);
    var deliver = below(turn).stream().filter(s -> s.name().equals("deliver")).findFirst();
    var changes = below(deliver.orElseThrow());
    assertThat(changes).hasSize(3).allMatch(c -> c.name().equals("change"));
    for (var change : changes) {
      assertThat(change.attributes())
          .containsEntry("tenure.lane", "joiner")
          .containsEntry("tenure.attempt", "1")
          .containsEntry("tenure.outcome", "done");
      assertRequest(below(change));
    }
    assertThat(collector.logins()).isNotEmpty().containsOnly(LOGIN);
  }

  /// The request of the flow, and below it its answer by the organization, which is hosted here.
  private void assertRequest(List<Seen> requests) {
    assertThat(requests).hasSize(1);
    var request = requests.getFirst();
    assertThat(request.name()).isEqualTo("POST /acme/scim/v2/Users");
    assertThat(request.kind()).isEqualTo("CLIENT");
    assertThat(request.attribute("http.response.status_code")).isEqualTo("201");
    assertThat(request.attribute("http.request.resend_count")).isEqualTo("0");
    var answer = below(request).getFirst();
    assertThat(answer.kind()).isEqualTo("SERVER");
    assertThat(answer.name()).isEqualTo("POST /{}/scim/v2/Users");
    assertThat(answer.attribute("tenure.correlation"))
        .isEqualTo(request.attribute("tenure.target.correlation"))
        .isNotEmpty();
  }

  @Test
  void theAuditLogAndTheTraceAreFoundFromEachOther() {
    run();
    var answer = collector.spans("POST /{}/scim/v2/Users").getFirst();
    var known = site.rows("select correlation from audit_trail where action like 'user.%'");
    assertThat(known).contains(answer.attribute("tenure.correlation"));
  }

  @Test
  void nothingOfAPersonAndNoSecretIsSent() {
    run();
    assertThat(collector.text())
        .contains("acme")
        .doesNotContain("example.com", "Wunderlich", "E4711", Site.TOKEN, "what-the-collector")
        .doesNotContain(site.value("DATABASE_PASSWORD"));
  }

  @Test
  void thePageNamesWhatIsSent() {
    run();
    var named = ATTRIBUTE.matcher(PAGE).results().map(m -> m.group(1)).collect(Collectors.toSet());
    var sent = new HashSet<>(collector.resource().keySet());
    collector.spans().forEach(s -> sent.addAll(s.attributes().keySet()));
    sent.removeIf(key -> key.startsWith("telemetry.sdk."));
    assertThat(named).containsAll(sent);
    assertThat(collector.resource()).containsEntry("service.name", "tenure");
    assertThat(collector.resource().get("service.instance.id")).hasSize(36);
  }

  @Test
  void whoSendsATraceparentFindsTheAnswerInItsOwnTrace() throws Exception {
    var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    try (var place = site.serve();
        var client = HttpClient.newHttpClient()) {
      var path = URI.create(place.base() + "/acme/scim/v2/Users?filter=x");
      var request =
          HttpRequest.newBuilder(path)
              .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
      client.send(request.build(), BodyHandlers.discarding());
    }
    var answer = collector.spans("GET /{}/scim/v2/Users").getFirst();
    assertThat(answer.trace()).isEqualTo(trace);
    assertThat(answer.parent()).isEqualTo("00f067aa0ba902b7");
    assertThat(answer.attribute("http.response.status_code")).isEqualTo("401");
    assertThat(answer.failed()).isFalse();
  }

  @Test
  void aCollectorThatDoesNotAnswerStopsNoFlowAndNoShutdown() throws IOException {
    try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      site.variable("COLLECTOR", "http://127.0.0.1:" + deaf.getLocalPort());
      var place = site.serve();
      long begun;
      try {
        place.runFlows();
        awaitAccounts(place);
      } finally {
        begun = System.nanoTime();
        place.close();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
    }
    assertThat(collector.spans()).isEmpty();
  }
}
