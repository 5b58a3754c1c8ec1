package dev.tenure.target.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.AuditLog;
import dev.tenure.audit.store.PostgresAuditLog;
import dev.tenure.database.Database;
import dev.tenure.target.Deviation;
import dev.tenure.target.DeviationBook;
import dev.tenure.testkit.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresDeviationsTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final String TARGET = "https://example.com/scim/v2";

  private final Database database = TestDatabase.fresh();

  private DeviationBook at(Instant now) {
    return new PostgresDeviations(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void whatOneNodeLearnedAllNodesKnowOfThatTarget() {
    at(NOON).of(TARGET).learned(Deviation.NO_PATCH, "501");
    assertThat(at(NOON).of(TARGET).known()).containsExactly(Deviation.NO_PATCH);
    assertThat(at(NOON).of("https://example.org").known()).isEmpty();
    assertThat(at(NOON).all())
        .containsExactly(new DeviationBook.Seen(TARGET, Deviation.NO_PATCH, NOON, "501"));
  }

  @Test
  void whoLearnsSomethingKnowsItAtOnce() {
    var deviations = at(NOON).of(TARGET);
    assertThat(deviations.known()).isEmpty();
    deviations.learned(Deviation.NO_PATCH, "405");
    assertThat(deviations.known()).containsExactly(Deviation.NO_PATCH);
  }

  @Test
  void itIsTriedAgainAfterAWhile() {
    at(NOON).of(TARGET).learned(Deviation.NO_PATCH, "405");
    var later = at(NOON.plus(PostgresDeviations.COUNTS).plus(Duration.ofSeconds(1)));
    assertThat(later.of(TARGET).known()).isEmpty();
    assertThat(later.all()).isEmpty();
    later.of(TARGET).learned(Deviation.NO_PATCH, "405");
    assertThat(later.of(TARGET).known()).containsExactly(Deviation.NO_PATCH);
  }

  @Test
  void theLogIsToldOnceWhileItLasts() {
    var deviations = at(NOON).of(TARGET);
    deviations.learned(Deviation.NO_PATCH, "405");
    deviations.learned(Deviation.NO_PATCH, "501");
    var log = new PostgresAuditLog(database.jdbi());
    assertThat(log.search(AuditLog.Search.newest("system/targets", 10)))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo("target.deviates");
          assertThat(entry.subject()).isEqualTo(TARGET);
          assertThat(entry.detail().path("deviation").asString()).isEqualTo("NO_PATCH");
        });
  }

  @AfterEach
  void close() {
    database.close();
  }
}
