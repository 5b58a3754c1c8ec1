package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.access.Role;
import dev.tenure.cli.Workplace;
import dev.tenure.id.FlowId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What changes on a page while somebody looks at it.
@Timeout(60)
class LivePagesTest {
  private static Site site;
  private static Workplace place;

  @BeforeAll
  static void serve() {
    site =
        Site.with(ConsoleTest.YAML)
            .file("people.csv", "id,mail,given,family,department\nE1,p1@x.example,A,B,Sales\n");
    place = site.serve();
  }

  @AfterAll
  static void close() {
    place.close();
    site.close();
  }

  /// Reads the stream event by event.
  private record Events(BufferedReader lines) implements AutoCloseable {
    static Events of(URI address, String cookie) throws IOException, InterruptedException {
      var request = HttpRequest.newBuilder(address).header("Cookie", cookie);
      var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      var answer =
          http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofInputStream());
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      return new Events(
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    String next() throws IOException {
      var text = new StringBuilder();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && !text.isEmpty()) break;
        if (!line.startsWith(":")) text.append(line).append('\n');
      }
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Test
  void theOverviewSaysWhatWaitsAndEndsWithTheSession() throws Exception {
    var made = place.consoleUsers().add("watcher", Role.VIEWER);
    var browser = new Browser(place.base());
    browser.signIn("watcher", made.password().reveal());
    assertThat(browser.get("/console").body()).contains("data-live=\"/console/live\"");
    try (var events = Events.of(place.base().resolve("/console/live"), browser.cookie())) {
      assertThat(events.next())
          .startsWith("event: piece\n")
          .contains("id=\"now-flows\"", "id=\"now-limited\"", "no plan yet");
      place.cycle().plan(place.flow(new FlowId("people")));
      assertThat(events.next()).contains("1 joiner waiting", "/console/plans/people/1");
      place.consoleUsers().remove("watcher");
      assertThat(events.next()).startsWith("event: end\n");
      assertThat(events.next()).isEmpty();
    }
    assertThat(browser.get("/console/live").statusCode()).isEqualTo(303);
  }
}
