package dev.tenure.organization.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.Law;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// No client gets more than its limit, and each gets that.
class LocalBudgetTest {
  private final Ticking clock = new Ticking();

  @Test
  void neverMoreThanTheLimitAndNeverLessThanSaid() {
    Law.holds(random -> {
      var limit =
          new RateLimit(1 + random.nextInt(600), 1 + random.nextInt(100), random.nextBoolean());
      var time = new Ticking();
      var budget = new LocalBudget(limit, limit.burst(), time);
      double granted = 0;
      double seconds = 0;
      for (int i = 0; i < 200; i++) {
        var said = budget.take();
        if (said.granted()) granted++;
        assertThat(said.left()).isBetween(0L, (long) limit.burst());
        assertThat(granted).isLessThanOrEqualTo(most(limit, seconds));
        // Who waits as long as was said comes through.
        var wait = said.granted() ? random.nextInt(400) : said.retrySeconds() * 1000;
        time.pass(Duration.ofMillis(wait));
        seconds += wait / 1000.0;
        if (!said.granted()) {
          assertThat(budget.take().granted()).as("%s", limit).isTrue();
          granted++;
        }
      }
    });
  }

  private static double most(RateLimit limit, double seconds) {
    var time = limit.byWindow() ? Math.floor(seconds / 60) * 60 : seconds;
    return limit.burst() + limit.perSecond() * time + 0.001;
  }

  @Test
  void aMinuteIsAWindowWhereGenesysCloudHasOne() {
    var budget = new LocalBudget(RateLimit.usual(true), 300, clock);
    for (int i = 0; i < 300; i++) {
      assertThat(budget.take().granted()).isTrue();
      if (i == 100) clock.pass(Duration.ofSeconds(20));
    }
    var refused = budget.take();
    assertThat(refused.granted()).isFalse();
    assertThat(refused.retrySeconds()).isEqualTo(40);
    assertThat(refused.fields().toString())
        .contains(
            "Retry-After=40",
            "RateLimit-Policy=\"client\";q=300;w=60",
            "RateLimit=\"client\";r=0;t=40",
            "inin-ratelimit-count=300",
            "inin-ratelimit-allowed=300",
            "inin-ratelimit-reset=40");
    clock.pass(Duration.ofSeconds(39));
    assertThat(budget.take().granted()).isFalse();
    clock.pass(Duration.ofSeconds(1));
    assertThat(budget.take().left()).isEqualTo(299);
  }

  @Test
  void elsewhereRequestsComeBackOneByOne() {
    var budget = new LocalBudget(new RateLimit(60, 10, false), 10, clock);
    for (int i = 0; i < 10; i++) budget.take();
    assertThat(budget.take().retrySeconds()).isOne();
    assertThat(budget.take().resetSeconds()).isEqualTo(10);
    clock.pass(Duration.ofSeconds(3));
    assertThat(budget.left()).isEqualTo(3);
    assertThat(budget.take().fields().toString())
        .contains("RateLimit-Policy=\"client\";q=10;w=10", "r=2;t=8", "inin-ratelimit-count=8");
  }
}
