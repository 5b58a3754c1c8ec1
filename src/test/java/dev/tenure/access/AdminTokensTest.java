package dev.tenure.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Secret;
import dev.tenure.testkit.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Tokens of the admin API: what is let in, until when, and who is slowed down.
class AdminTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  private static final Instant END = NOW.plusSeconds(60);

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  @Test
  void aTokenIsGoodUntilItsEnd() {
    try (var database = TestDatabase.fresh()) {
      var random = new Random(1);
      var tokens = new AdminTokens(database, at(NOW), random);
      var made = tokens.create("ci", Role.OPERATOR, Optional.of(END));
      assertThat(tokens.all().toString()).doesNotContain(made.secret().reveal());
      assertThat(tokens.bearer(made.secret(), "here")).isInstanceOf(Bearer.Known.class);
      assertThat(tokens.all().getFirst().lastSeen()).contains(NOW);
      var before = new AdminTokens(database, at(END.minusMillis(1)), random);
      assertThat(before.bearer(made.secret(), "here")).isInstanceOf(Bearer.Known.class);
      var after = new AdminTokens(database, at(END), random);
      assertThat(after.bearer(made.secret(), "here")).isInstanceOf(Bearer.Refused.class);
    }
  }

  @Test
  void onlyTheWholeTokenFits() {
    try (var database = TestDatabase.fresh()) {
      var tokens = new AdminTokens(database, at(NOW), new Random(2));
      var made = tokens.create("ci", Role.VIEWER, Optional.empty());
      var text = made.secret().reveal();
      var last = text.charAt(text.length() - 1) == 'A' ? 'B' : 'A';
      var other = text.substring(0, text.length() - 1) + last;
      for (var wrong : new String[] {"", made.token().prefix(), text + "x", other}) {
        assertThat(tokens.bearer(new Secret(wrong), wrong + "!"))
            .as(wrong)
            .isInstanceOf(Bearer.Refused.class);
      }
    }
  }

  @Test
  void whoShowsWrongOnesIsSlowedDownAndTheRightOneIsNot() {
    try (var database = TestDatabase.fresh()) {
      var tokens = new AdminTokens(database, at(NOW), new Random(3));
      var made = tokens.create("ci", Role.VIEWER, Optional.empty());
      for (int i = 0; i < 5; i++) {
        assertThat(tokens.bearer(new Secret("guess"), "there")).isInstanceOf(Bearer.Refused.class);
      }
      assertThat(tokens.bearer(new Secret("guess"), "there")).isInstanceOf(Bearer.Slowed.class);
      assertThat(tokens.bearer(made.secret(), "there")).isInstanceOf(Bearer.Known.class);
    }
  }
}
