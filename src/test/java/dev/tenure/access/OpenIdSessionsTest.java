package dev.tenure.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Secret;
import dev.tenure.database.Database;
import dev.tenure.testkit.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sessions of people for whom a provider vouched: how long they live, and whose they are.
class OpenIdSessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  private static final OpenIdConfig CONFIG = config(List.of("operators"));
  private static final String NAME = "openid:admin";

  private static OpenIdConfig config(List<String> operators) {
    return new OpenIdConfig(
        "Example",
        "https://login.example.com",
        new OpenIdConfig.Client("tenure", new Secret("s"), List.of()),
        new OpenIdConfig.Claims("name", "roles", Map.of(Role.OPERATOR, operators)));
  }

  private static final Random RANDOM = new Random(1);

  private static Access access(Database database, Optional<OpenIdConfig> openId, Instant now) {
    var config = new AccessConfig(true, Duration.ofMinutes(30), Duration.ofHours(1), openId);
    return new Access(database, config, Clock.fixed(now, ZoneOffset.UTC), RANDOM);
  }

  private static Secret begin(Database database, Optional<String> hint) {
    var access = access(database, Optional.of(CONFIG), NOW);
    var proof = new Access.Proof(CONFIG.fingerprint(), Role.OPERATOR, hint);
    var attempt = new Attempt(NAME, new Secret(""), "here", "a browser");
    return access.begin(attempt, proof, Map.of()) instanceof SignIn.In(_, var token)
        ? token
        : new Secret("");
  }

  @Test
  void theyEndAsLocalOnesDo() {
    try (var database = TestDatabase.fresh()) {
      var token = begin(database, Optional.empty());
      var config = Optional.of(CONFIG);
      var seen = NOW.plus(Duration.ofMinutes(29));
      assertThat(access(database, config, seen).visit(token))
          .get()
          .satisfies(visit -> {
            assertThat(visit.name()).isEqualTo(NAME);
            assertThat(visit.role()).isEqualTo(Role.OPERATOR);
            assertThat(visit.external()).isTrue();
          });
      assertThat(access(database, config, NOW.plus(Duration.ofMinutes(58))).visit(token))
          .isPresent();
      assertThat(access(database, config, NOW.plus(Duration.ofHours(1))).visit(token)).isEmpty();
      var other = begin(database, Optional.empty());
      assertThat(access(database, config, NOW.plus(Duration.ofMinutes(30))).visit(other)).isEmpty();
    }
  }

  @Test
  void theyEndWithWhatWasConfigured() {
    try (var database = TestDatabase.fresh()) {
      var token = begin(database, Optional.empty());
      assertThat(access(database, Optional.of(CONFIG), NOW).visit(token)).isPresent();
      assertThat(access(database, Optional.empty(), NOW).visit(token)).isEmpty();
      var other = Optional.of(config(List.of("others")));
      assertThat(access(database, other, NOW).visit(token)).isEmpty();
    }
  }

  /// `admin` here and `admin` there are two.
  @Test
  void nobodyOfTheProviderIsALocalUser() {
    try (var database = TestDatabase.fresh()) {
      var access = access(database, Optional.of(CONFIG), NOW);
      access.users().first();
      var token = begin(database, Optional.of("an.id.token"));
      access.users().password("admin");
      var visit = access.visit(token).orElseThrow();
      assertThat(visit.role()).isEqualTo(Role.OPERATOR);
      assertThat(visit.temporary()).isFalse();
      var secret = new Secret("a password of some length");
      assertThat(access.changePassword(visit, token, secret, secret)).isFalse();
      assertThat(access.signOut(visit, token)).contains("an.id.token");
      assertThat(access.visit(token)).isEmpty();
    }
  }
}
