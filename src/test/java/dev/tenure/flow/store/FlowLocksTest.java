package dev.tenure.flow.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.id.FlowId;
import dev.tenure.testkit.Product;
import dev.tenure.testkit.TestDatabase;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One at a time works on a flow, and nobody is passed by.
class FlowLocksTest {
  private static final FlowId FLOW = new FlowId("people");
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String WAITING =
      "select count(*) from pg_locks where locktype = 'advisory' and not granted";

  private final Database database = TestDatabase.fresh();
  private final PostgresFlowLocks locks = new PostgresFlowLocks(database.jdbi());

  @AfterEach
  void close() {
    database.close();
  }

  private boolean someoneWaits() {
    return database.jdbi().withHandle(handle -> handle.createQuery(WAITING).mapTo(Long.class).one())
        > 0;
  }

  @Test
  void whoWaitsIsNotPassedByWhoComesAgainAtOnce() throws Exception {
    var first = locks.lock(FLOW, SHORT).orElseThrow();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var second = executor.submit(() -> locks.lock(FLOW, LONG));
      assertThat(Product.until(this::someoneWaits)).isTrue();
      first.close();
      assertThat(locks.lock(FLOW, SHORT)).isEmpty();
      second.get().orElseThrow().close();
    }
    locks.lock(FLOW, SHORT).orElseThrow().close();
  }

  @Test
  void anotherFlowIsAnotherLock() {
    try (var one = locks.lock(FLOW, SHORT).orElseThrow();
        var other = locks.lock(new FlowId("others"), SHORT).orElseThrow()) {
      assertThat(one).isNotSameAs(other);
    }
  }
}
