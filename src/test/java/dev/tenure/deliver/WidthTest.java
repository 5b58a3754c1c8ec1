package dev.tenure.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WidthTest {
  private static final long SEED = Long.getLong("law.seed", 20_261_125L);

  private static void answered(Width width, int times) {
    for (var i = 0; i < times; i++) width.answered();
  }

  private static void strained(Width width, int times) {
    for (var i = 0; i < times; i++) width.strained();
  }

  @Test
  void oneRoundOfFailuresHalvesItOnce() {
    var width = new Width(8);
    strained(width, 5);
    assertThat(width.requests()).isEqualTo(4);
    strained(width, 3);
    assertThat(width.requests()).isEqualTo(2);
  }

  @Test
  void itComesBackARoundAtATime() {
    var width = new Width(8);
    strained(width, 1);
    answered(width, 3);
    assertThat(width.requests()).isEqualTo(4);
    answered(width, 2);
    assertThat(width.requests()).isEqualTo(5);
    answered(width, 30);
    assertThat(width.requests()).isEqualTo(8);
  }

  @Test
  void itStaysWithinItsBounds() {
    var random = new Random(SEED);
    for (var most = 1; most <= 64; most++) {
      var width = new Width(most);
      for (var i = 0; i < 1_000; i++) {
        if (random.nextBoolean()) width.answered();
        else width.strained();
        assertThat(width.requests()).as("again with -Dlaw.seed=" + SEED).isBetween(1, most);
      }
      strained(width, 1_000);
      assertThat(width.requests()).isEqualTo(1);
      answered(width, most * most);
      assertThat(width.requests()).isEqualTo(most);
    }
  }
}
