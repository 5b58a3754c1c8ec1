package dev.tenure.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.flow.Flows;
import dev.tenure.http.Headers;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.testkit.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may read the metrics, and that they stay few.
class MetricsTest {
  private static final String TOKEN = "a-token-for-prometheus";

  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Metrics metrics(MetricsConfig config) {
    var watched = new Metrics.Watched(new Flows(List.of()), database, new Meter());
    return new Metrics(config, watched, Clock.systemUTC());
  }

  private static Request from(String remote, Map<String, String> fields) {
    var headers = new java.util.HashMap<String, List<String>>();
    fields.forEach((name, value) -> headers.put(name, List.of(value)));
    var head =
        new Request.Head(
            "GET",
            List.of("metrics"),
            Query.parse(""),
            new Headers(headers),
            remote,
            "c",
            "http://localhost",
            Optional.empty());
    return new Request(head, _ -> new byte[0]);
  }

  private static int status(Metrics metrics, Request request) {
    try {
      return metrics.routes().handle(request).status();
    } catch (HttpFailure e) {
      return e.status();
    }
  }

  @Test
  void withoutATokenOnlyTheSameMachineIsAnswered() {
    var metrics = metrics(MetricsConfig.USUAL);
    for (var remote : List.of("127.0.0.1", "127.0.1.1", "::1", "0:0:0:0:0:0:0:1")) {
      assertThat(status(metrics, from(remote, Map.of()))).as(remote).isEqualTo(200);
    }
    for (var remote : List.of("10.0.0.1", "192.168.1.7", "2001:db8::1", "128.0.0.1", "", "x")) {
      assertThat(status(metrics, from(remote, Map.of()))).as(remote).isEqualTo(404);
    }
    for (var field :
        List.of("X-Forwarded-For", "forwarded", "Via", "X-Real-Ip", "x-forwarded-host")) {
      var request = from("127.0.0.1", Map.of(field, "127.0.0.1"));
      assertThat(status(metrics, request)).as(field).isEqualTo(404);
    }
  }

  @Test
  void whoMayNotReadThemIsToldWhatAnybodyIsToldWhoAsksForNothing() {
    var metrics = metrics(MetricsConfig.USUAL);
    var refused =
        catchThrowableOfType(
            HttpFailure.class, () -> metrics.routes().handle(from("10.0.0.1", Map.of())));
    var nothing =
        catchThrowableOfType(
            HttpFailure.class,
            () -> new dev.tenure.http.Routes().handle(from("10.0.0.1", Map.of())));
    assertThat(refused.status()).isEqualTo(nothing.status());
    assertThat(refused.detail()).isEqualTo(nothing.detail());
  }

  @Test
  void withATokenItIsTheTokenThatCounts() {
    var metrics = metrics(new MetricsConfig(Optional.of(new Secret(TOKEN))));
    for (var remote : List.of("127.0.0.1", "10.0.0.1")) {
      for (var shown : List.of("Bearer " + TOKEN, "bearer " + TOKEN)) {
        var request = from(remote, Map.of("Authorization", shown, "Via", "1.1 proxy"));
        assertThat(status(metrics, request)).isEqualTo(200);
      }
      for (var shown : List.of("Bearer " + TOKEN + "x", "Bearer ", "Basic " + TOKEN, TOKEN)) {
        var request = from(remote, Map.of("Authorization", shown));
        assertThat(status(metrics, request)).as(shown).isEqualTo(401);
      }
      var answer = metrics.routes().handle(from(remote, Map.of()));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.field("WWW-Authenticate")).contains("Bearer");
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void tenThousandOrganizationsDoNotMakeTheAnswerLong() {
    database
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              "insert into organization (organization, profile, deactivation, declared)"
                  + " select 'o' || i, 'STANDARD', 'LOCK', i = 10000"
                  + " from generate_series(1, 10000) i");
          handle.execute(
              "insert into licence_pool (organization, sku, name, seats, price, currency)"
                  + " select 'o' || i, 'CX1', 'CX 1', 5, 75, 'EUR'"
                  + " from generate_series(1, 10000) i");
        });
    Response answer = metrics(MetricsConfig.USUAL).routes().handle(from("::1", Map.of()));
    var lines = answer.text().lines().toList();
    assertThat(lines).filteredOn(l -> l.startsWith("tenure_licence_seats_used{")).hasSize(1_000);
    assertThat(lines)
        .contains(
            "tenure_licence_pools 10000.0",
            "tenure_licence_seats_purchased{organization=\"o10000\",sku=\"CX1\"} 5.0");
    assertThat(lines).hasSizeLessThan(3_000);
  }

  @Test
  void anAnswerOfTheTargetIsCountedByWhatItMeans() {
    assertThat(List.of(200, 201, 204, 304)).allMatch(s -> CountedBudget.result(s).equals("done"));
    assertThat(List.of(429, 503)).allMatch(s -> CountedBudget.result(s).equals("busy"));
    assertThat(List.of(400, 401, 404, 409, 412))
        .allMatch(s -> CountedBudget.result(s).equals("refused"));
    assertThat(List.of(0, 500, 502, 504)).allMatch(s -> CountedBudget.result(s).equals("unknown"));
  }

  @Test
  void aPathSaysWhichPartOfTheServerItIsAbout() {
    assertThat(Part.of(List.of("acme", "scim", "v2", "Users"))).isEqualTo(Part.SCIM);
    assertThat(Part.of(List.of("api", "v2", "scim", "v2", "Users"))).isEqualTo(Part.SCIM);
    assertThat(Part.of(List.of("api", "v2", "users", "scim"))).isEqualTo(Part.PLATFORM);
    assertThat(Part.of(List.of("acme", "oauth", "token"))).isEqualTo(Part.OAUTH);
    assertThat(Part.of(List.of("acme", "introspect"))).isEqualTo(Part.OAUTH);
    assertThat(Part.of(List.of("console", "plans"))).isEqualTo(Part.CONSOLE);
    assertThat(Part.of(List.of("health", "ready"))).isEqualTo(Part.OPERATION);
    assertThat(Part.of(List.of("metrics"))).isEqualTo(Part.OPERATION);
    assertThat(Part.of(List.of())).isEqualTo(Part.OTHER);
    assertThat(Part.of(List.of("favicon.ico"))).isEqualTo(Part.OTHER);
  }
}
