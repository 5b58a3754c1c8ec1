package dev.tenure.audit.store;

import dev.tenure.audit.Chain;
import dev.tenure.audit.ChainStore;
import dev.tenure.audit.Checkpoint;
import dev.tenure.audit.Erasure;
import dev.tenure.audit.PublicKeys;
import dev.tenure.audit.SealedRow;
import dev.tenure.id.Correlation;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// The chains in PostgreSQL. The row of `audit_chain` is the lock of its log.
public final class PostgresChainStore implements ChainStore {
  private static final int ROWS_MAX = 1_000;

  /// The only statements of this part that look at more than one log.
  private static final String WAITING = "select distinct log from audit_entry limit 1000";

  private static final String LOGS = "select log from audit_chain order by log";

  private static final String WAITING_OF = "select count(*) from audit_entry where log = :log";

  /// Sealing can be done again, so a commit need not wait for the disk; a crash of the database
  /// takes back both the sealing and the removal from what waits.
  private static final String LOCK_IF_FREE =
      """
      select *, set_config('synchronous_commit', 'off', true) from audit_chain
      where log = :log for update skip locked\
      """;

  private static final String LOCK = "select * from audit_chain where log = :log for update";

  private static final String BEGIN =
      "insert into audit_chain (log) values (:log) on conflict do nothing";

  private static final String END = "select * from audit_chain where log = :log";

  /// Waits for the disk, and with it for all that was committed before.
  private static final String SETTLE =
      "update audit_chain set signed_at = signed_at where log = :log";

  private static final String NEXT =
      """
      select id, at, actor, action, subject, person, correlation, detail from audit_entry
      where log = :log order by id limit :max\
      """;

  private static final String READ =
      """
      select id, at, actor, action, subject, person, correlation, detail, seq, commitment, hash,
        encode(salt, 'hex') as salt
      from audit_record where log = :log and seq > :after and seq <= :last order by seq limit :max\
      """;

  private static final String CHECKPOINTS =
      """
      select seq, hash, root, at as signed_at, key, signature from audit_checkpoint
      where log = :log and seq > :after and seq <= :last order by seq\
      """;

  private static final String KEPT =
      "select count(*) from audit_checkpoint where log = :log and seq <= :last";

  private static final String ERASE =
      """
      with theirs as (
        select subject from audit_record
        where log = :log and person = :person and action like 'user.%')
      update audit_record set salt = null, subject = null, person = null, detail = null
      where log = :log and salt is not null and action <> 'person.erased'
        and (person = :person or subject = :person or subject in (select subject from theirs)
          or jsonb_path_exists(detail, '$.** ? (@ == $p)', jsonb_build_object('p', :person::text)))
      returning seq\
      """;

  private static final String TELL =
      """
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      values (:log, :actor, 'person.erased', 'erasure', :correlation, cast(:detail as jsonb))\
      """;

  private static final String KEYS =
      "select public, made, retired from audit_key order by made, retired nulls last";

  private static final String ADD_KEY =
      """
      insert into audit_key (key, public, made) values (:key, :public, :made)
      on conflict do nothing\
      """;

  private static final String RETIRE =
      "update audit_key set retired = :at where key = :key and retired is null";

  private final Jdbi jdbi;

  public PostgresChainStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<String> waiting() {
    return jdbi.withHandle(handle -> handle.createQuery(WAITING).mapTo(String.class).list());
  }

  @Override
  public long waiting(String log) {
    return jdbi.withHandle(
        handle -> handle.createQuery(WAITING_OF).bind("log", log).mapTo(Long.class).one());
  }

  @Override
  public List<String> logs() {
    return jdbi.withHandle(handle -> handle.createQuery(LOGS).mapTo(String.class).list());
  }

  @Override
  public OptionalInt seal(String log, Sealing sealing) {
    return jdbi.inTransaction(handle -> {
      var end = end(handle, LOCK_IF_FREE, log).or(() -> begin(handle, log));
      return end.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(sealSome(handle, end.get(), sealing));
    });
  }

  @Override
  public Erasure erase(String log, String person, Sealing sealing) {
    return jdbi.inTransaction(handle -> {
      sealAll(handle, log, sealing);
      var seqs =
          handle
              .createQuery(ERASE)
              .bind("log", log)
              .bind("person", person)
              .mapTo(Long.class)
              .list();
      if (!seqs.isEmpty()) tell(handle, log, seqs);
      sealAll(handle, log, sealing);
      return new Erasure(log, seqs.size());
    });
  }

  @Override
  public void read(String log, Visitor visitor) {
    jdbi.useHandle(handle -> handle.createUpdate(SETTLE).bind("log", log).execute());
    jdbi.useTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          var end = end(handle, END, log).orElseGet(() -> End.of(log));
          if (visitor.end(end, count(handle, end.chain()))) readRows(handle, end.chain(), visitor);
        });
  }

  @Override
  public PublicKeys keys() {
    return new PublicKeys(
        jdbi.withHandle(
            handle -> handle.createQuery(KEYS).map((row, _) -> ChainRows.key(row)).list()));
  }

  @Override
  public void add(PublicKeys.Entry key) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(ADD_KEY)
            .bind("key", key.id())
            .bind("public", key.encoded())
            .bind("made", key.made())
            .execute());
  }

  @Override
  public void retire(String key, Instant at) {
    jdbi.useHandle(handle -> handle.createUpdate(RETIRE).bind("key", key).bind("at", at).execute());
  }

  private static Optional<End> end(Handle handle, String statement, String log) {
    return handle
        .createQuery(statement)
        .bind("log", log)
        .map((row, _) -> ChainRows.end(row))
        .findOne();
  }

  /// Of a log that has no chain yet; absent where somebody else is just beginning it.
  private static Optional<End> begin(Handle handle, String log) {
    return handle.createUpdate(BEGIN).bind("log", log).execute() == 1
        ? Optional.of(End.of(log))
        : Optional.empty();
  }

  private static void sealAll(Handle handle, String log, Sealing sealing) {
    int sealed = 1;
    while (sealed > 0) {
      var end =
          end(handle, LOCK, log)
              .or(() -> begin(handle, log))
              .or(() -> end(handle, LOCK, log))
              .orElseThrow();
      sealed = sealSome(handle, end, sealing);
    }
  }

  private static int sealSome(Handle handle, End end, Sealing sealing) {
    var log = end.chain().log();
    var rows =
        handle
            .createQuery(NEXT)
            .bind("log", log)
            .bind("max", ROWS_MAX)
            .map((row, _) -> ChainRows.waiting(row, log))
            .list();
    if (!rows.isEmpty()) SealStatement.write(handle, end, sealing.seal(end, rows));
    return rows.size();
  }

  private static void tell(Handle handle, String log, List<Long> seqs) {
    var correlation = Correlation.current();
    handle
        .createUpdate(TELL)
        .bind("log", log)
        .bind("actor", correlation.actor())
        .bind("correlation", correlation.id())
        .bind("detail", Erasure.detail(seqs.stream().sorted().toList()).toString())
        .execute();
  }

  private static long count(Handle handle, Chain end) {
    return handle
        .createQuery(KEPT)
        .bind("log", end.log())
        .bind("last", end.seq())
        .mapTo(Long.class)
        .one();
  }

  private static void readRows(Handle handle, Chain end, Visitor visitor) {
    long after = 0;
    while (after < end.seq()) {
      var page = new Page(end.log(), after, end.seq());
      var rows = rows(handle, page);
      if (rows.isEmpty() || !show(handle, page, rows, visitor)) return;
      after = rows.getLast().seq();
    }
  }

  private record Page(String log, long after, long last) {}

  private static List<SealedRow> rows(Handle handle, Page page) {
    return handle
        .createQuery(READ)
        .bind("log", page.log())
        .bind("after", page.after())
        .bind("last", page.last())
        .bind("max", ROWS_MAX)
        .map((row, _) -> ChainRows.sealed(row, page.log()))
        .list();
  }

  private static boolean show(Handle handle, Page page, List<SealedRow> rows, Visitor visitor) {
    var checkpoints = new ArrayDeque<>(checkpoints(handle, page, rows.getLast().seq()));
    for (var row : rows) {
      if (!visitor.row(row)) return false;
      while (!checkpoints.isEmpty() && checkpoints.getFirst().seq() <= row.seq()) {
        if (!visitor.checkpoint(checkpoints.removeFirst())) return false;
      }
    }
    return true;
  }

  private static List<Checkpoint> checkpoints(Handle handle, Page page, long last) {
    return handle
        .createQuery(CHECKPOINTS)
        .bind("log", page.log())
        .bind("after", page.after())
        .bind("last", last)
        .map((row, _) -> ChainRows.checkpoint(row, page.log()))
        .list();
  }
}
