package dev.tenure.target.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.remote.Reply.Answer;
import dev.tenure.target.Budget.Window;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateFieldsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  private static Optional<Window> window(String... fields) {
    var map = new HashMap<String, List<String>>();
    for (var i = 0; i < fields.length; i += 2) map.put(fields[i], List.of(fields[i + 1]));
    var headers = HttpHeaders.of(Map.copyOf(map), (_, _) -> true);
    return RateFields.of(new Answer(200, headers, ""), CLOCK).window();
  }

  private static Window window(long allowed, long left, long seconds) {
    return new Window(
        OptionalLong.of(allowed), left, Duration.ofSeconds(seconds), Optional.empty());
  }

  @Test
  void theDialectsSayTheSame() {
    var same = Optional.of(window(300, 120, 30));
    assertThat(
            window(
                "inin-ratelimit-allowed", "300",
                "inin-ratelimit-count", "180",
                "inin-ratelimit-reset", "30"))
        .isEqualTo(same);
    assertThat(
            window(
                "RateLimit-Limit", "300, 300;w=60",
                "RateLimit-Remaining", "120",
                "RateLimit-Reset", "30"))
        .isEqualTo(same);
    assertThat(
            window(
                "X-Rate-Limit-Limit", "300",
                "X-Rate-Limit-Remaining", "120",
                "X-Rate-Limit-Reset", Long.toString(NOON.getEpochSecond() + 30)))
        .isEqualTo(same);
    assertThat(
            window(
                "RateLimit-Policy", "\"client\";q=300;w=60", "RateLimit", "\"client\";r=120;t=30"))
        .contains(
            new Window(
                OptionalLong.of(300),
                120,
                Duration.ofSeconds(30),
                Optional.of(Duration.ofMinutes(1))));
  }

  @Test
  void ofSeveralLimitsTheTightestHolds() {
    var tightest =
        window(
            "RateLimit-Policy", "\"hour\";q=5000;w=3600, \"second\";q=10;w=1",
            "RateLimit", "\"hour\";r=36;t=3600, \"second\";r=9;t=1");
    assertThat(tightest.orElseThrow().left()).isEqualTo(36);
  }

  @Test
  void whatIsNoLimitIsNone() {
    assertThat(window()).isEmpty();
    assertThat(window("RateLimit", "soon", "X-RateLimit-Limit", "many")).isEmpty();
    assertThat(window("inin-ratelimit-allowed", "300")).isEmpty();
  }
}
