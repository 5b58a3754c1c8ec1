package dev.tenure.flow.store;

import dev.tenure.flow.FlowLocks;
import dev.tenure.id.FlowId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Advisory locks: they belong to a connection, and end with it. Each held one keeps a connection
/// of the pool.
public final class PostgresFlowLocks implements FlowLocks {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresFlowLocks.class);

  /// PostgreSQL keeps a queue: a server that takes the lock again and again passes nobody who
  /// waits.
  private static final String LOCK =
      """
      select pg_advisory_lock(hashtextextended(cast(:name as text), 7)) is not null\
      """;

  private static final String WAIT =
      """
      select set_config('lock_timeout', :wait, true)\
      """;

  private static final String UNLOCK =
      """
      select pg_advisory_unlock(hashtextextended(cast(:name as text), 7))\
      """;

  /// SQLSTATE lock_not_available.
  private static final String NOT_AVAILABLE = "55P03";

  private final Jdbi jdbi;
  private final Map<String, Semaphore> turnstiles = new ConcurrentHashMap<>();

  public PostgresFlowLocks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<Held> lock(FlowId flow, Duration wait) {
    return lock("flow/" + flow, wait);
  }

  /// Who has to wait in this process does so without a connection.
  @Override
  public Optional<Held> seats(String target, Duration wait) {
    var turnstile = turnstiles.computeIfAbsent(target, _ -> new Semaphore(1, true));
    if (!entered(turnstile, wait)) return Optional.empty();
    var held = Optional.<Held>empty();
    try {
      held = lock("seats/" + target, wait);
      return held.map(lock ->
          () -> {
            try {
              lock.close();
            } finally {
              turnstile.release();
            }
          });
    } finally {
      if (held.isEmpty()) turnstile.release();
    }
  }

  private static boolean entered(Semaphore turnstile, Duration wait) {
    try {
      return turnstile.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<Held> lock(String name, Duration wait) {
    var handle = jdbi.open();
    var locked = false;
    try {
      locked = asked(handle, name, wait);
      return locked ? Optional.of(() -> unlock(handle, name)) : Optional.empty();
    } finally {
      if (!locked) handle.close();
    }
  }

  /// The lock outlives the transaction, its time limit doesn't.
  private static boolean asked(Handle handle, String name, Duration wait) {
    try {
      return handle.inTransaction(h -> {
        h.createQuery(WAIT).bind("wait", wait.toMillis() + "ms").mapTo(String.class).one();
        return ask(h, LOCK, name);
      });
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException cause && NOT_AVAILABLE.equals(cause.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static void unlock(Handle handle, String name) {
    try (handle) {
      ask(handle, UNLOCK, name);
    } catch (JdbiException e) {
      // The lock went with its connection. What was done under it stays done.
      LOG.debug("{}: the connection of its lock was lost", name, e);
    }
  }

  private static boolean ask(Handle handle, String statement, String name) {
    return handle.createQuery(statement).bind("name", name).mapTo(Boolean.class).one();
  }
}
