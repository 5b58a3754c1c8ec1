package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewIdTest {
  private static final Instant NOW = Instant.parse("2026-11-25T04:00:00.123Z");

  @Test
  void theOrderOfIdsIsThatOfCreationAlsoWithinAMillisecond() {
    var before = "";
    for (int micros = 0; micros < 3_000; micros++) {
      var clock = Clock.fixed(NOW.plusNanos(micros * 1_000L), ZoneOffset.UTC);
      var id = new NewId(clock, new Random(micros)).next();
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.toString()).isGreaterThan(before);
      before = id.toString();
    }
  }
}
