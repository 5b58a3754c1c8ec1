package dev.tenure.flow.store;

import dev.tenure.flow.FlowLocks;
import dev.tenure.id.FlowId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
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
      select pg_advisory_lock(hashtextextended('flow/' || :flow, 7)) is not null\
      """;

  private static final String WAIT =
      """
      select set_config('lock_timeout', :wait, true)\
      """;

  private static final String UNLOCK =
      """
      select pg_advisory_unlock(hashtextextended('flow/' || :flow, 7))\
      """;

  /// SQLSTATE lock_not_available.
  private static final String NOT_AVAILABLE = "55P03";

  private final Jdbi jdbi;

  public PostgresFlowLocks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<Held> lock(FlowId flow, Duration wait) {
    var handle = jdbi.open();
    var locked = false;
    try {
      locked = asked(handle, flow, wait);
      return locked ? Optional.of(() -> unlock(handle, flow)) : Optional.empty();
    } finally {
      if (!locked) handle.close();
    }
  }

  /// The lock outlives the transaction, its time limit doesn't.
  private static boolean asked(Handle handle, FlowId flow, Duration wait) {
    try {
      return handle.inTransaction(h -> {
        h.createQuery(WAIT).bind("wait", wait.toMillis() + "ms").mapTo(String.class).one();
        return ask(h, LOCK, flow);
      });
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException cause && NOT_AVAILABLE.equals(cause.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static void unlock(Handle handle, FlowId flow) {
    try (handle) {
      ask(handle, UNLOCK, flow);
    } catch (JdbiException e) {
      // The lock went with its connection. What was done under it stays done.
      LOG.debug("flow {}: the connection of its lock was lost", flow, e);
    }
  }

  private static boolean ask(Handle handle, String statement, FlowId flow) {
    return handle.createQuery(statement).bind("flow", flow.value()).mapTo(Boolean.class).one();
  }
}
