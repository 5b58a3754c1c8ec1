package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenure.database.Database;
import dev.tenure.organization.Cursors.Query;
import dev.tenure.organization.store.Place;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Query QUERY = new Query(TestServer.ACME, "User", "title pr", "", 10);
  private static final Place PLACE = new Place("ключ", UUID.randomUUID(), true);
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  /// A node has no memory in common with another one but the database.
  private Cursors node() {
    return new Cursors(database, new SetClock(now), new SecureRandom(), LIFE);
  }

  private static void assertRefused(Cursors node, Query query, String cursor, ScimType type) {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> node.open(query, cursor))
        .satisfies(e -> assertThat(e.type()).contains(type));
  }

  private void later(Duration time) {
    now.updateAndGet(t -> t.plus(time));
  }

  @Test
  void aPlaceComesBackAsItWasOnEveryNode() {
    var cursor = node().seal(QUERY, PLACE, 77);
    var opened = node().open(QUERY, cursor);
    assertThat(opened.entry()).isEqualTo(PLACE);
    assertThat(opened.total()).isEqualTo(77);
    assertThat(opened.count()).isEqualTo(10);
    var bare = new Place(null, UUID.randomUUID(), false);
    assertThat(node().open(QUERY, node().seal(QUERY, bare, 0)).entry()).isEqualTo(bare);
  }

  @Test
  void aCursorOpensNothingButItsOwnQuery() {
    var node = node();
    var cursor = node.seal(QUERY, PLACE, 1);
    var organization = new Query(TestServer.OTHER, "User", "title pr", "", 10);
    assertRefused(node, organization, cursor, ScimType.invalidCursor);
    for (var other :
        new Query[] {
          new Query(TestServer.ACME, "Group", "title pr", "", 10),
          new Query(TestServer.ACME, "Usertitle", " pr", "", 10),
          new Query(TestServer.ACME, "User", "title  pr", "", 10),
          new Query(TestServer.ACME, "User", "title pr", "userName false", 10)
        }) {
      assertRefused(node, other, cursor, ScimType.invalidCursor);
    }
    var count = new Query(TestServer.ACME, "User", "title pr", "", 11);
    assertRefused(node, count, cursor, ScimType.invalidCount);
  }

  @Test
  void case54ACursorExpires() {
    var node = node();
    var cursor = node.seal(QUERY, PLACE, 1);
    later(LIFE);
    assertThat(node.open(QUERY, cursor).entry()).isEqualTo(PLACE);
    later(Duration.ofMillis(1));
    assertRefused(node, QUERY, cursor, ScimType.expiredCursor);
  }

  @Test
  void keysRotateAndNoCursorEndsBeforeItsTime() {
    var node = node();
    node.seal(QUERY, PLACE, 1);
    assertThat(keys()).isOne();
    later(Cursors.KEY_USED.minusMinutes(1));
    var last = node.seal(QUERY, PLACE, 1);
    assertThat(keys()).isOne();
    later(Duration.ofMinutes(2));
    node.seal(QUERY, PLACE, 1);
    assertThat(keys()).isEqualTo(2);
    assertThat(node.open(QUERY, last).entry()).isEqualTo(PLACE);
    assertThat(node().open(QUERY, last).entry()).isEqualTo(PLACE);
    for (int week = 0; week < 4; week++) {
      later(Cursors.KEY_USED.plusSeconds(1));
      node.seal(QUERY, PLACE, 1);
    }
    assertThat(keys()).isLessThanOrEqualTo(3);
    assertRefused(node, QUERY, last, ScimType.invalidCursor);
  }

  @Test
  void aKeyThatAnotherNodeMadeIsFoundAtOnce() {
    var one = node();
    var two = node();
    var first = one.seal(QUERY, PLACE, 1);
    assertThat(two.open(QUERY, first).entry()).isEqualTo(PLACE);
    later(Cursors.KEY_USED.plusSeconds(1));
    var second = one.seal(QUERY, PLACE, 2);
    assertThat(two.open(QUERY, second).total()).isEqualTo(2);
    assertThat(keys()).isEqualTo(2);
    two.seal(QUERY, PLACE, 3);
    assertThat(keys()).isEqualTo(2);
  }

  private int keys() {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery("select count(*) from cursor_key where organization = 'acme'")
                .mapTo(int.class)
                .one());
  }

  private static final class SetClock extends Clock {
    private final AtomicReference<Instant> now;

    SetClock(AtomicReference<Instant> now) {
      this.now = now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }
}
