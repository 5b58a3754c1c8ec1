package dev.tenure.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.audit.Verdict.Intact;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever writers, sealers and crashes do at the same moment, each row that was committed is in
/// the chain once.
class SealingLawTest {
  private static final int WRITERS = 8;
  private static final int SEALERS = 3;
  private static final int TRANSACTIONS = 60;
  private static final List<String> NAMES = List.of(Logs.ACME, "flow/people", "flow/other");
  private Logs logs;

  @BeforeEach
  void start() {
    logs = new Logs();
    logs.chain().prepare();
  }

  @AfterEach
  void stop() {
    logs.close();
  }

  @Test
  void noRowIsLostAndNoneIsThereTwice() throws Exception {
    long seed = Long.getLong("law.seed", 20_261_124L);
    Set<String> written = new ConcurrentSkipListSet<>();
    var writing = new AtomicBoolean(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sealing = new ArrayList<java.util.concurrent.Future<Object>>();
      for (int i = 0; i < SEALERS; i++)
        sealing.add(threads.submit(() -> seal(logs.node(), writing)));
      var work = new ArrayList<Callable<Object>>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        work.add(() -> write(new Random(seed + writer), writer, written));
      }
      for (var done : threads.invokeAll(work)) done.get();
      writing.set(false);
      for (var done : sealing) done.get();
    }
    logs.node().sealWaiting();
    assertThat(logs.ask("select count(*) from audit_entry")).isZero();
    assertThat(subjects()).as("law.seed=%d", seed).containsExactlyElementsOf(written);
    for (var log : NAMES) {
      assertThat(logs.verifyOnline(log)).isInstanceOf(Intact.class);
      assertThat(logs.verify(logs.export(log))).isInstanceOf(Intact.class);
    }
  }

  /// A transaction of some rows of some logs, of which one in four is rolled back.
  private Object write(RandomGenerator random, int writer, Set<String> written) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      var subjects = new ArrayList<String>();
      boolean rolledBack = random.nextInt(4) == 0;
      int rows = 1 + random.nextInt(4);
      int name = writer * TRANSACTIONS + i;
      logs.database()
          .jdbi()
          .useTransaction(handle -> {
            for (int row = 0; row < rows; row++) {
              subjects.add("w" + name + "r" + row);
              insert(handle, NAMES.get(random.nextInt(NAMES.size())), subjects.getLast());
            }
            if (rolledBack) handle.rollback();
          });
      if (!rolledBack) written.addAll(subjects);
    }
    return true;
  }

  private static Object seal(AuditChain node, AtomicBoolean writing) {
    while (writing.get()) node.sealWaiting();
    return true;
  }

  private static void insert(Handle handle, String log, String subject) {
    handle.execute(
        "insert into audit_entry (log, actor, action, subject, correlation)"
            + " values (?, 'w', 'law', ?, 'c')",
        log,
        subject);
  }

  private List<String> subjects() {
    return logs.database()
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("select subject from audit_record order by subject collate \"C\"")
                .mapTo(String.class)
                .list());
  }

  @Test
  void aRowThatCommitsLateIsSealedThoughItsNumberIsSmaller() {
    logs.database()
        .jdbi()
        .useTransaction(late -> {
          insert(late, Logs.ACME, "late");
          var sealed =
              Logs.beside(() -> {
                logs.write(Logs.ACME, 1, 3);
                logs.chain().sealWaiting();
                return logs.ask("select max(seq) from audit_record");
              });
          assertThat(sealed).isEqualTo(3);
        });
    logs.chain().sealWaiting();
    assertThat(logs.ask("select seq from audit_record where subject = 'late'")).isEqualTo(4);
    assertThat(
            logs.ask(
                "select rank from (select subject, rank() over (order by id) as rank"
                    + " from audit_record) as r where subject = 'late'"))
        .isOne();
    assertThat(logs.verifyOnline(Logs.ACME)).isInstanceOf(Intact.class);
  }

  @Test
  void aCrashWhileSealingTakesAllOfItBack() {
    logs.write(Logs.ACME, 1, 5);
    logs.chain().sealWaiting();
    logs.write(Logs.ACME, 6, 9);
    assertThatThrownBy(() ->
            logs.store()
                .seal(
                    Logs.ACME,
                    (end, rows) -> {
                      Logs.beside(this::killOthers);
                      return batch(end, rows);
                    }))
        .isInstanceOf(RuntimeException.class);
    assertThat(logs.ask("select count(*) from audit_entry")).isEqualTo(4);
    assertThat(logs.ask("select count(*) from audit_record")).isEqualTo(5);
    logs.node().sealWaiting();
    assertThat(new TreeSet<>(subjects())).hasSize(9);
    assertThat(logs.verifyOnline(Logs.ACME)).isInstanceOf(Intact.class);
  }

  private long killOthers() {
    return logs.ask(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()"
            + " and state = 'idle in transaction'");
  }

  private ChainStore.Batch batch(ChainStore.End end, List<ChainStore.Waiting> rows) {
    var clock = java.time.Clock.systemUTC();
    var key = new KeyFile(logs.data(), logs.store(), clock).current();
    return new Batches(logs.store()::keys, clock, new Random(1)).seal(key, end, rows);
  }

  @Test
  void aLogIsSealedByOneAtATime() {
    logs.write(Logs.ACME, 1, 3);
    logs.chain().sealWaiting();
    logs.write(Logs.ACME, 4, 6);
    var other = new ArrayList<OptionalInt>();
    logs.store()
        .seal(
            Logs.ACME,
            (end, rows) -> {
              other.add(Logs.beside(() -> logs.store().seal(Logs.ACME, this::batch)));
              return batch(end, rows);
            });
    assertThat(other).containsExactly(OptionalInt.empty());
    assertThat(logs.ask("select count(*) from audit_record")).isEqualTo(6);
  }

  @Test
  void theSealerSealsWithinASecondAndAtItsEnd() throws Exception {
    var sealed = new java.util.concurrent.CountDownLatch(1);
    try (var _ = Sealer.start(logs.chain())) {
      logs.write(Logs.ACME, 1, 3);
      Thread.ofVirtual()
          .start(() -> {
            while (logs.ask("select count(*) from audit_entry") > 0) Thread.onSpinWait();
            sealed.countDown();
          });
      assertThat(sealed.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      logs.write(Logs.ACME, 4, 5);
    }
    assertThat(logs.ask("select count(*) from audit_record")).isEqualTo(5);
  }

  @Test
  void moreRowsThanABatchTakesAreSealedToo() {
    logs.execute(
        "insert into audit_entry (log, actor, action, subject, correlation)"
            + " select 'flow/people', 'w', 'law', 's' || n, 'c' from generate_series(1, 2500) n");
    logs.chain().sealWaiting();
    assertThat(logs.verify(logs.export("flow/people")))
        .isInstanceOfSatisfying(Intact.class, intact -> assertThat(intact.rows()).isEqualTo(2500));
    assertThat(logs.ask("select count(*) from audit_checkpoint")).isEqualTo(2);
  }
}
